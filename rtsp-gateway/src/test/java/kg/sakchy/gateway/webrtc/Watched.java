package kg.sakchy.gateway.webrtc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one tile of the page saw.
 *
 * @param figures by name, as the page tells them
 * @param seen number of each picture shown, and when, in milliseconds of UTC
 */
record Watched(Map<String, String> figures, List<Seen> seen) {
  /** A picture on the screen. */
  record Seen(int number, double millis) {}

  static List<Watched> parse(String text) {
    if (text.startsWith("error")) {
      throw new AssertionError(text);
    }
    return Arrays.stream(text.split("\n\n", -1)).map(Watched::tile).toList();
  }

  private static Watched tile(String text) {
    Map<String, String> figures = new HashMap<>();
    List<Seen> seen = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("seen")) {
        seen.add(new Seen(Integer.parseInt(words[1]), Double.parseDouble(words[2])));
      } else {
        figures.put(words[0], words[1]);
      }
    }
    return new Watched(figures, seen);
  }

  double figure(String name) {
    return Double.parseDouble(figures.getOrDefault(name, "0"));
  }

  /**
   * From the unit's entry to the picture on the screen, in milliseconds, sorted; of the pictures
   * shown in the last {@code millis} of the clip's round, since it repeats its numbers.
   */
  List<Double> delays(NumberedClip clip) {
    double round = NumberedClip.FRAMES * 40.0;
    double last = seen.isEmpty() ? 0 : seen.getLast().millis();
    return seen.stream()
        .filter(s -> s.number() < NumberedClip.FRAMES && last - s.millis() < round - 1_500)
        .map(s -> s.millis() - clip.fedAt(s.number()))
        .filter(delay -> delay > -round / 2)
        .sorted()
        .toList();
  }

  /** One line. */
  String summary() {
    return "first picture after %.0f ms, %.0f decoded, %.0f dropped, buffer %.0f ms"
        .formatted(
            seen.isEmpty() ? -1 : seen.getFirst().millis() - figure("asked"),
            figure("video.framesDecoded"),
            figure("video.framesDropped"),
            1000
                * figure("video.jitterBufferDelay")
                / Math.max(1, figure("video.jitterBufferEmittedCount")));
  }

  static double percentile(List<Double> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
