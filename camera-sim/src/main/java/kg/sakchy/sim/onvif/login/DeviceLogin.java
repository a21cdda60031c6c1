package kg.sakchy.sim.onvif.login;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import kg.sakchy.sim.onvif.SimLogin;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.SimUser;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.http.HttpExchange;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapRequest;
import kg.sakchy.sim.onvif.soap.XmlElement;

/** The door of one device. Threads: confined to the loop. */
public final class DeviceLogin {
  private static final int WRONG_BEFORE_LOCK = 5;
  private static final long LOCK_NANOS = Duration.ofMinutes(1).toNanos();

  private final DeviceState device;
  private final SimLogin login;
  private final UsernameToken token = new UsernameToken();
  private final DigestLogin digest;
  private int wrong;
  private long lockedAt;

  public DeviceLogin(DeviceState device) {
    this.device = device;
    this.login = device.profile().login();
    this.digest = new DigestLogin(device.quirks(), login.algorithms());
  }

  /** All nonces given out are stale. */
  public void expireNonces() {
    digest.expire();
  }

  /** Judges a SOAP request. */
  public LoginVerdict judge(HttpExchange exchange, SoapRequest request) {
    XmlElement security = request.header(Ns.SECURITY, "Security");
    if (login.schemes().isEmpty()) {
      boolean mustUnderstand =
          security != null && "1".equals(security.attributes().get("mustUnderstand"));
      return mustUnderstand && device.has(SimQuirk.SECURITY_NOT_UNDERSTOOD)
          ? new LoginVerdict.Refused(SoapFault.mustUnderstand())
          : new LoginVerdict.Granted("");
    }
    SimUser.Level needed = AccessClass.of(request);
    if (needed == null
        && (!device.has(SimQuirk.TIME_NEEDS_LOGIN)
            || !request.operation().equals("GetSystemDateAndTime"))) {
      return new LoginVerdict.Granted("");
    }
    LoginVerdict verdict =
        security != null && takes(SimLogin.Scheme.WS_USERNAME_TOKEN)
            ? byToken(security)
            : byDigest(exchange);
    return verdict instanceof LoginVerdict.Granted(String name)
            && needed != null
            && !isAtLeast(name, needed)
        ? new LoginVerdict.Refused(SoapFault.notAuthorized())
        : verdict;
  }

  private boolean isAtLeast(String name, SimUser.Level needed) {
    SimUser user = device.users().get(name);
    return user != null && user.level().compareTo(needed) >= 0;
  }

  /** Judges a plain HTTP request, such as one for a snapshot. */
  public LoginVerdict judge(HttpExchange exchange) {
    return login.schemes().isEmpty() ? new LoginVerdict.Granted("") : byDigest(exchange);
  }

  private boolean takes(SimLogin.Scheme scheme) {
    return login.schemes().contains(scheme);
  }

  private Map<String, SimUser> accounts() {
    return device.has(SimQuirk.NO_ONVIF_USER) || locked() ? Map.of() : device.users();
  }

  private boolean locked() {
    if (!device.has(SimQuirk.ACCOUNT_LOCKS) || wrong < WRONG_BEFORE_LOCK) {
      return false;
    }
    if (device.clock().nanoTime() - lockedAt > LOCK_NANOS) {
      wrong = 0;
      return false;
    }
    return true;
  }

  private LoginVerdict byToken(XmlElement security) {
    SimUser user = token.verify(security, accounts(), device.clock().now(), login.clockWindow());
    return user == null ? wrong(new LoginVerdict.Refused(SoapFault.notAuthorized())) : right(user);
  }

  private LoginVerdict byDigest(HttpExchange exchange) {
    if (!takes(SimLogin.Scheme.HTTP_DIGEST)) {
      return new LoginVerdict.Refused(SoapFault.notAuthorized());
    }
    String authorization = exchange.header("Authorization");
    if (authorization == null) {
      return challenge(exchange, false);
    }
    Collection<SimUser> users = accounts().values();
    DigestLogin.Result result =
        digest.verify(exchange.method(), exchange.target(), authorization, users);
    SimUser user = result.user();
    if (user != null) {
      return right(user);
    }
    LoginVerdict challenge = challenge(exchange, result.stale());
    return result.stale() ? challenge : wrong(challenge);
  }

  private LoginVerdict challenge(HttpExchange exchange, boolean stale) {
    return new LoginVerdict.Challenged(digest.challenges(exchange.target(), stale));
  }

  private LoginVerdict right(SimUser user) {
    wrong = 0;
    return new LoginVerdict.Granted(user.credentials().user());
  }

  private LoginVerdict wrong(LoginVerdict verdict) {
    if (++wrong == WRONG_BEFORE_LOCK) {
      lockedAt = device.clock().nanoTime();
    }
    return verdict;
  }
}
