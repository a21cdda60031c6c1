package kg.sakchy.sim.onvif.ptz;

import java.util.function.Predicate;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;

/**
 * The head that a call means: checks the profile and what all PTZ operations have in common.
 *
 * @param profiles whether a media profile exists
 */
public record PtzTarget(DeviceState device, PtzHead head, Predicate<String> profiles) {
  static final String NODE = "PTZNode_1";
  static final String CONFIGURATION = "PTZConfig_1";

  /**
   * Checks the profile that a call names.
   *
   * @throws SoapFault if there is none such
   */
  void checkProfile(SoapCall call) {
    String token = call.body().require("ProfileToken");
    if (!profiles.test(token)) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoProfile", "no such profile");
    }
  }

  boolean has(SimQuirk quirk) {
    return device.has(quirk);
  }
}
