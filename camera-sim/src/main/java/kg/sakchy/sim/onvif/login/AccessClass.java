package kg.sakchy.sim.onvif.login;

import java.util.Set;
import kg.sakchy.sim.onvif.SimUser;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapRequest;
import org.jspecify.annotations.Nullable;

/**
 * The least level that an operation needs, in the default access policy (ONVIF Core §5.9.4),
 * somewhat simplified: what only looks is for users, what administers the device for
 * administrators, the rest for operators. Threads: pure functions.
 */
final class AccessClass {
  private static final Set<String> PRE_AUTH =
      Set.of(
          "GetWsdlUrl",
          "GetServices",
          "GetServiceCapabilities",
          "GetCapabilities",
          "GetSystemDateAndTime",
          "GetHostname",
          "GetEndpointReference");
  private static final Set<String> FOR_ADMINISTRATORS = Set.of("GetUsers", "GetSystemLog");
  private static final Set<String> FOR_USERS =
      Set.of(
          "PullMessages",
          "CreatePullPointSubscription",
          "Subscribe",
          "Renew",
          "Unsubscribe",
          "SetSynchronizationPoint",
          "Seek");

  private AccessClass() {}

  /** Null if anybody may. */
  static SimUser.@Nullable Level of(SoapRequest request) {
    String operation = request.operation();
    if (PRE_AUTH.contains(operation)) {
      return null;
    }
    boolean device = request.body().namespace().equals(Ns.DEVICE.uri());
    if (device && FOR_ADMINISTRATORS.contains(operation)) {
      return SimUser.Level.ADMINISTRATOR;
    }
    if (operation.startsWith("Get")
        || operation.startsWith("Find")
        || operation.startsWith("End")
        || FOR_USERS.contains(operation)) {
      return SimUser.Level.USER;
    }
    return device && !operation.equals("SendAuxiliaryCommand")
        ? SimUser.Level.ADMINISTRATOR
        : SimUser.Level.OPERATOR;
  }
}
