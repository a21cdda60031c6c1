package kg.sakchy.onvif.ptz;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand.Auxiliary;
import kg.sakchy.onvif.soap.DeviceSession;

/**
 * Wiper, washer and lamp of a camera: by the PTZ service as Profile S has it, and where that does
 * not do it by the device service as Profile T has it (ONVIF Core §8.6, reserved commands).
 *
 * <p>Threads: stateless; calls block.
 *
 * @param session of the camera
 * @param profile media profile that is steered
 * @param listed the commands that the node lists, as it spells them
 */
record DomeAuxiliaries(DeviceSession session, String profile, List<String> listed) {

  /** Which devices the node lists. */
  Set<Auxiliary.Device> devices() {
    EnumSet<Auxiliary.Device> devices = EnumSet.noneOf(Auxiliary.Device.class);
    for (Auxiliary.Device device : Auxiliary.Device.values()) {
      String name = name(device).toLowerCase(Locale.ROOT);
      for (String command : listed) {
        String told = command.toLowerCase(Locale.ROOT);
        if (told.equals(name) || told.startsWith(name + "|")) {
          devices.add(device);
        }
      }
    }
    return devices;
  }

  void send(Auxiliary command) {
    String text = spelling(command);
    try {
      session.call(PtzRequests.auxiliary(profile, text), answer -> answer.name());
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.TIMEOUT) {
        throw e;
      }
      session.call(PtzRequests.deviceAuxiliary(text), answer -> answer.name());
    }
  }

  private String spelling(Auxiliary command) {
    String word =
        switch (command.value()) {
          case ON -> "On";
          case OFF -> "Off";
          case AUTO -> "Auto";
        };
    String usual = name(command.device()) + "|" + word;
    return listed.stream().filter(usual::equalsIgnoreCase).findFirst().orElse(usual);
  }

  private static String name(Auxiliary.Device device) {
    return switch (device) {
      case WIPER -> "tt:Wiper";
      case WASHER -> "tt:Washer";
      case WASHING_PROCEDURE -> "tt:WashingProcedure";
      case IR_LAMP -> "tt:IRLamp";
    };
  }
}
