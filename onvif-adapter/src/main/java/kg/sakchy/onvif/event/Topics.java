package kg.sakchy.onvif.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import kg.sakchy.core.event.EventKind;

/**
 * Tells what a topic is about. Makers put the standard's words under prefixes of their own and end
 * them oddly ({@code tns1:RuleEngine/CellMotionDetector/Motion//.}), so the words are looked for
 * wherever they stand.
 */
final class Topics {
  private static final int MAX_LENGTH = 256;

  /** The first that is found decides: what is particular stands before what is general. */
  private static final List<Map.Entry<String, EventKind>> WORDS =
      List.of(
          Map.entry("licenseplate", EventKind.PLATE),
          Map.entry("platerecogn", EventKind.PLATE),
          Map.entry("plate", EventKind.PLATE),
          Map.entry("anpr", EventKind.PLATE),
          Map.entry("face", EventKind.FACE),
          Map.entry("storage", EventKind.STORAGE),
          Map.entry("harddisk", EventKind.STORAGE),
          Map.entry("disk", EventKind.STORAGE),
          Map.entry("recordinghistory", EventKind.EDGE_RECORDING),
          Map.entry("recordingconfig", EventKind.EDGE_RECORDING),
          Map.entry("recordingjob", EventKind.EDGE_RECORDING),
          Map.entry("tamper", EventKind.TAMPER),
          Map.entry("globalscenechange", EventKind.TAMPER),
          Map.entry("imagetoo", EventKind.TAMPER),
          Map.entry("digitalinput", EventKind.DIGITAL_INPUT),
          Map.entry("virtualinput", EventKind.DIGITAL_INPUT),
          Map.entry("io/port", EventKind.DIGITAL_INPUT),
          Map.entry("linedetector", EventKind.LINE_CROSSING),
          Map.entry("linecross", EventKind.LINE_CROSSING),
          Map.entry("crossline", EventKind.LINE_CROSSING),
          Map.entry("crossedline", EventKind.LINE_CROSSING),
          Map.entry("countaggregation", EventKind.COUNTING),
          Map.entry("counter", EventKind.COUNTING),
          Map.entry("counting", EventKind.COUNTING),
          Map.entry("fielddetector", EventKind.FIELD),
          Map.entry("objectsinside", EventKind.FIELD),
          Map.entry("intrusion", EventKind.FIELD),
          Map.entry("loiter", EventKind.FIELD),
          Map.entry("missingobject", EventKind.FIELD),
          Map.entry("objectleft", EventKind.FIELD),
          Map.entry("leftobject", EventKind.FIELD),
          Map.entry("abandoned", EventKind.FIELD),
          Map.entry("takeobject", EventKind.FIELD),
          Map.entry("audio", EventKind.AUDIO),
          Map.entry("sound", EventKind.AUDIO),
          Map.entry("people", EventKind.OBJECT),
          Map.entry("human", EventKind.OBJECT),
          Map.entry("person", EventKind.OBJECT),
          Map.entry("vehicle", EventKind.OBJECT),
          Map.entry("objectdetect", EventKind.OBJECT),
          Map.entry("dogcat", EventKind.OBJECT),
          Map.entry("motion", EventKind.MOTION),
          Map.entry("vmd", EventKind.MOTION),
          Map.entry("hardwarefailure", EventKind.DEVICE),
          Map.entry("monitoring", EventKind.DEVICE),
          Map.entry("temperature", EventKind.DEVICE),
          Map.entry("powersupply", EventKind.DEVICE),
          Map.entry("signalloss", EventKind.DEVICE),
          Map.entry("videoloss", EventKind.DEVICE),
          Map.entry("trigger/relay", EventKind.DEVICE),
          Map.entry("device/", EventKind.DEVICE));

  private Topics() {}

  /** A topic without namespace prefixes, wildcards and white space: {@code A/B/C}. */
  static String plain(String topic) {
    StringBuilder plain = new StringBuilder();
    String text = topic.length() > MAX_LENGTH ? topic.substring(0, MAX_LENGTH) : topic;
    for (String part : text.split("/", -1)) {
      String word = part.substring(part.lastIndexOf(':') + 1).strip();
      if (!word.isEmpty() && !word.equals(".") && !word.equals("*")) {
        plain.append(plain.isEmpty() ? "" : "/").append(word);
      }
    }
    return plain.toString();
  }

  /** What a plain topic is about. */
  static EventKind kind(String plain) {
    String words = plain.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, EventKind> each : WORDS) {
      if (words.contains(each.getKey())) {
        return each.getValue();
      }
    }
    return EventKind.OTHER;
  }
}
