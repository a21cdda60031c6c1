package kg.sakchy.onvif.ptz;

import java.util.List;

/**
 * The moving part of a camera ({@code tt:PTZNode}).
 *
 * @param token its name
 * @param spaces what it takes
 * @param maxPresets how many positions it keeps
 * @param home whether it has a home position
 * @param maxTours how many tours it keeps
 * @param auxiliaries the commands of its other devices, as it spells them
 */
record PtzNode(
    String token,
    PtzSpaces spaces,
    int maxPresets,
    boolean home,
    int maxTours,
    List<String> auxiliaries) {
  PtzNode {
    auxiliaries = List.copyOf(auxiliaries);
  }
}
