package kg.sakchy.sim.onvif.device;

import java.util.List;
import kg.sakchy.sim.onvif.soap.SoapFault;

/** Auxiliary commands (ONVIF Core §8.6, PTZ §5.8): those of the device and of the PTZ service. */
public final class AuxiliaryCommands {
  private static final List<String> FIXED =
      List.of("tt:IRLamp|On", "tt:IRLamp|Off", "tt:IRLamp|Auto");
  private static final List<String> DOME =
      List.of(
          "tt:IRLamp|On",
          "tt:IRLamp|Off",
          "tt:IRLamp|Auto",
          "tt:Wiper|On",
          "tt:Wiper|Off",
          "tt:Washer|On",
          "tt:Washer|Off",
          "tt:WashingProcedure|On",
          "tt:WashingProcedure|Off");

  private AuxiliaryCommands() {}

  /** Those a device knows. */
  public static List<String> of(DeviceState device) {
    return device.profile().ptz() == null ? FIXED : DOME;
  }

  /**
   * Carries one out.
   *
   * @throws SoapFault if the device does not know it
   */
  public static String carryOut(DeviceState device, String command) {
    if (!of(device).contains(command)) {
      throw SoapFault.sender(
          "ter:InvalidArgVal", "ter:AuxiliaryDataNotSupported", "unknown command " + command);
    }
    device.auxiliary(command);
    return command;
  }
}
