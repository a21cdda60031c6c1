package kg.sakchy.sim.onvif.device;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.sim.onvif.SimUser;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Accounts (ONVIF Core §8.4). Either all users of a message are changed or none. */
public final class UserService implements SoapService {
  private static final int MAX_USERS = 10;
  private static final int MAX_NAME = 32;
  private static final int MAX_PASSWORD = 64;

  private final DeviceState device;
  private final PasswordChanges passwords;

  /** Takes note of new passwords, which some devices are slow to do. */
  @FunctionalInterface
  public interface PasswordChanges {
    void changed(SimUser user);
  }

  public UserService(DeviceState device, PasswordChanges passwords) {
    this.device = device;
    this.passwords = passwords;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetUsers" -> users();
      case "CreateUsers" -> create(call.body());
      case "SetUser" -> set(call.body());
      case "DeleteUsers" -> delete(call);
      default -> null;
    };
  }

  private SoapAnswer users() {
    return SoapAnswer.of(
        new Xml()
            .begin("tds:GetUsersResponse")
            .each(
                device.users().values(),
                (xml, user) ->
                    xml.begin("tds:User")
                        .leaf("tt:Username", user.credentials().user())
                        .leaf("tt:UserLevel", user.level().word())
                        .end())
            .end());
  }

  private SoapAnswer create(XmlElement body) {
    List<SimUser> added = new ArrayList<>();
    for (XmlElement element : body.childrenNamed("User")) {
      SimUser user = read(element, null);
      if (device.users().containsKey(user.credentials().user())) {
        throw SoapFault.sender("ter:OperationProhibited", "ter:UsernameClash", "user exists");
      }
      added.add(user);
    }
    if (device.users().size() + added.size() > MAX_USERS) {
      throw SoapFault.receiver("ter:Action", "ter:TooManyUsers", "too many users");
    }
    added.forEach(user -> device.users().put(user.credentials().user(), user));
    return SoapAnswer.empty("tds:CreateUsersResponse");
  }

  private SoapAnswer set(XmlElement body) {
    List<SimUser> changed = new ArrayList<>();
    for (XmlElement element : body.childrenNamed("User")) {
      changed.add(read(element, known(element.require("Username"))));
    }
    changed.forEach(passwords::changed);
    return SoapAnswer.empty("tds:SetUserResponse");
  }

  private SoapAnswer delete(SoapCall call) {
    List<String> names =
        call.body().childrenNamed("Username").stream().map(XmlElement::text).toList();
    for (String name : names) {
      known(name);
      if (name.equals(call.user())) {
        throw SoapFault.sender("ter:InvalidArgVal", "ter:FixedUser", "the own account");
      }
    }
    names.forEach(device.users()::remove);
    return SoapAnswer.empty("tds:DeleteUsersResponse");
  }

  private SimUser known(String name) {
    SimUser user = device.users().get(name);
    if (user == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:UsernameMissing", "no such user");
    }
    return user;
  }

  private static SimUser read(XmlElement element, @Nullable SimUser before) {
    String name = element.require("Username");
    String password = element.textAt("Password");
    if (password == null && before != null) {
      password = before.credentials().password();
    }
    if (name.length() > MAX_NAME) {
      throw SoapFault.sender("ter:OperationProhibited", "ter:UsernameTooLong", "user name");
    }
    if (password == null || password.isEmpty() || password.length() > MAX_PASSWORD) {
      throw SoapFault.sender("ter:OperationProhibited", "ter:Password", "password");
    }
    return new SimUser(new Credentials(name, password), level(element.require("UserLevel")));
  }

  private static SimUser.Level level(String word) {
    for (SimUser.Level level : SimUser.Level.values()) {
      if (level.word().equals(word)) {
        return level;
      }
    }
    throw SoapFault.sender("ter:InvalidArgVal", "no such level: " + word);
  }
}
