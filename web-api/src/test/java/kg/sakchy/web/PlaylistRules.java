package kg.sakchy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Media Playlist, read by the rules of RFC 8216bis (draft-pantos-hls-rfc8216bis-15) and not by
 * our own writer: every rule that is broken fails with the number of its section.
 */
final class PlaylistRules {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Z0-9-]+)=(\"[^\"\\r\\n]*\"|[^\",]+)");
  private static final Pattern DECIMAL = Pattern.compile("\\d+(\\.\\d+)?");

  final Map<String, String> single = new HashMap<>();
  final List<Segment> segments = new ArrayList<>();
  final List<Part> trailing = new ArrayList<>();
  int skipped;
  @Nullable String hint;
  boolean ended;

  /** A Media Segment. */
  record Segment(
      String uri,
      double seconds,
      boolean gap,
      boolean discontinuity,
      @Nullable String map,
      Instant date,
      List<Part> parts) {}

  /** A Partial Segment. */
  record Part(String uri, double seconds, boolean independent) {}

  // Of the segment that is being read.
  private @Nullable Double seconds;
  private boolean gap;
  private boolean discontinuity;
  private @Nullable String map;
  private @Nullable Instant date;
  private List<Part> parts = new ArrayList<>();

  private PlaylistRules() {}

  static PlaylistRules check(String text) {
    PlaylistRules rules = new PlaylistRules();
    rules.read(text);
    rules.checkWhole();
    return rules;
  }

  private void read(String text) {
    assertThat(text)
        .as("§4.1: lines end with LF, the last too")
        .endsWith("\n")
        .doesNotContain("\r");
    String[] lines = text.split("\n", -1);
    assertThat(lines[0]).as("§4.4.1.1: EXTM3U is the first line").isEqualTo("#EXTM3U");
    for (int i = 1; i < lines.length - 1; i++) {
      String line = lines[i];
      assertThat(line).as("§4.1: no white space, no empty lines").doesNotContain(" ").isNotEmpty();
      if (line.startsWith("#EXT")) {
        int colon = line.indexOf(':');
        tag(
            colon < 0 ? line : line.substring(0, colon),
            colon < 0 ? "" : line.substring(colon + 1));
      } else {
        segment(line);
      }
    }
  }

  private void tag(String name, String value) {
    assertThat(ended).as("§4.4.3.4: nothing of use behind EXT-X-ENDLIST").isFalse();
    switch (name) {
      case "#EXT-X-VERSION",
          "#EXT-X-TARGETDURATION",
          "#EXT-X-MEDIA-SEQUENCE",
          "#EXT-X-DISCONTINUITY-SEQUENCE",
          "#EXT-X-PLAYLIST-TYPE",
          "#EXT-X-SERVER-CONTROL",
          "#EXT-X-PART-INF",
          "#EXT-X-INDEPENDENT-SEGMENTS",
          "#EXT-X-START" -> {
        assertThat(single.put(name, value)).as("§4.4.3: %s comes once", name).isNull();
        assertThat(segments).as("%s stands before the first segment", name).isEmpty();
      }
      case "#EXT-X-SKIP" -> {
        assertThat(segments).as("§4.4.5.2: EXT-X-SKIP before the first segment").isEmpty();
        assertThat(skipped).as("§4.4.5.2: once").isZero();
        skipped = Integer.parseInt(attributes(value).getOrDefault("SKIPPED-SEGMENTS", "x"));
      }
      case "#EXTINF" -> {
        assertThat(value).as("§4.4.4.1").matches("\\d+\\.\\d+,");
        assertThat(seconds).as("§4.4.4.1: one a segment").isNull();
        seconds = Double.parseDouble(value.substring(0, value.length() - 1));
      }
      case "#EXT-X-GAP" -> gap = true;
      case "#EXT-X-DISCONTINUITY" -> discontinuity = true;
      case "#EXT-X-MAP" -> map = unquoted(attributes(value).get("URI"));
      case "#EXT-X-PROGRAM-DATE-TIME" -> date = Instant.parse(value);
      case "#EXT-X-PART" -> part(attributes(value));
      case "#EXT-X-PRELOAD-HINT" -> {
        assertThat(attributes(value)).as("§4.4.5.3").containsEntry("TYPE", "PART");
        hint = unquoted(attributes(value).get("URI"));
      }
      case "#EXT-X-ENDLIST" -> ended = true;
      default -> throw new AssertionError("unknown tag " + name);
    }
  }

  static Map<String, String> attributes(String list) {
    Map<String, String> attributes = new HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(list);
    int end = 0;
    while (matcher.find()) {
      assertThat(matcher.start())
          .as("§4.2: attributes with commas between: %s", list)
          .isEqualTo(end);
      assertThat(attributes.put(matcher.group(1), matcher.group(2)))
          .as("§4.2: no attribute twice: %s", list)
          .isNull();
      end = matcher.end() + 1;
    }
    assertThat(end).as("§4.2: %s", list).isEqualTo(list.length() + 1);
    return attributes;
  }

  private static String unquoted(@Nullable String value) {
    assertThat(value).as("§4.2: a quoted string").isNotNull().matches("\"[^\"]*\"");
    return String.valueOf(value).replace("\"", "");
  }

  private void part(Map<String, String> attributes) {
    assertThat(attributes).as("§4.4.4.9").containsKeys("URI", "DURATION");
    assertThat(attributes.get("DURATION")).matches(DECIMAL);
    parts.add(
        new Part(
            unquoted(attributes.get("URI")),
            Double.parseDouble(attributes.get("DURATION")),
            "YES".equals(attributes.get("INDEPENDENT"))));
  }

  private void segment(String uri) {
    Double length = seconds;
    assertThat(length).as("§4.4.4.1: EXTINF is required").isNotNull();
    boolean first = segments.isEmpty();
    Segment previous = first ? null : segments.getLast();
    Instant follows =
        previous == null ? null : previous.date().plusNanos((long) (previous.seconds() * 1e9));
    Instant begins = date == null ? follows : date;
    if (begins == null) {
      assertThat(skipped).as("§4.4.4.6: a date somewhere before, or skipped").isPositive();
      begins = Instant.EPOCH;
    }
    String init = map == null && previous != null ? previous.map() : map;
    segments.add(
        new Segment(
            uri,
            length == null ? 0 : length,
            gap,
            discontinuity,
            init,
            begins,
            List.copyOf(parts)));
    clear();
  }

  private void clear() {
    seconds = null;
    gap = false;
    discontinuity = false;
    map = null;
    date = null;
    parts = new ArrayList<>();
  }

  private void checkWhole() {
    trailing.addAll(parts);
    int target = Integer.parseInt(single.getOrDefault("#EXT-X-TARGETDURATION", "-1"));
    assertThat(target).as("§4.4.3.1: EXT-X-TARGETDURATION is required").isPositive();
    int version = Integer.parseInt(single.getOrDefault("#EXT-X-VERSION", "1"));
    assertThat(version).as("§8: EXT-X-SKIP needs 9, EXT-X-MAP needs 6").isGreaterThanOrEqualTo(9);
    for (Segment segment : segments) {
      assertThat(Math.round(segment.seconds()))
          .as("§4.4.3.1: rounded, no segment is longer than the target duration")
          .isLessThanOrEqualTo(target);
      assertThat(segment.gap() || segment.map() != null || skipped > 0)
          .as("§3.1.2: fragmented MP4 needs EXT-X-MAP")
          .isTrue();
    }
    for (int i = 1; i < segments.size(); i++) {
      Segment one = segments.get(i - 1);
      Segment two = segments.get(i);
      if (!two.discontinuity()) {
        Instant end = one.date().plusNanos((long) (one.seconds() * 1e9));
        if (!one.date().equals(Instant.EPOCH)) {
          assertThat(Duration.between(end, two.date()).abs())
              .as("§4.4.4.6: dates follow from durations without a discontinuity")
              .isLessThan(Duration.ofMillis(100));
        }
        assertThat(two.gap() || one.gap() || two.map() == null || two.map().equals(one.map()))
            .as("§4.4.4.3: another init segment is a discontinuity here")
            .isTrue();
      }
    }
    checkControl(target);
    checkParts(target);
  }

  private void checkControl(int target) {
    Map<String, String> control = attributesOf(single.get("#EXT-X-SERVER-CONTROL"));
    if (control.containsKey("CAN-SKIP-UNTIL")) {
      assertThat(Double.parseDouble(control.get("CAN-SKIP-UNTIL")))
          .as("§4.4.3.8: at least six target durations")
          .isGreaterThanOrEqualTo(6.0 * target);
    }
    assertThat(skipped == 0 || control.containsKey("CAN-SKIP-UNTIL"))
        .as("§4.4.5.2: only with CAN-SKIP-UNTIL")
        .isTrue();
    if ("VOD".equals(single.get("#EXT-X-PLAYLIST-TYPE"))) {
      assertThat(ended).as("§4.4.3.5: VOD cannot change").isTrue();
    }
    assertThat(ended && hint != null).as("§4.4.5.3: nothing comes after the end").isFalse();
  }

  private void checkParts(int target) {
    String info = single.get("#EXT-X-PART-INF");
    boolean any = hint != null || segments.stream().anyMatch(segment -> !segment.parts().isEmpty());
    if (info == null) {
      assertThat(any).as("§4.4.3.7: parts need EXT-X-PART-INF").isFalse();
      return;
    }
    double partTarget = Double.parseDouble(attributes(info).getOrDefault("PART-TARGET", "0"));
    Map<String, String> control = attributesOf(single.get("#EXT-X-SERVER-CONTROL"));
    assertThat(Double.parseDouble(control.getOrDefault("PART-HOLD-BACK", "0")))
        .as("§4.4.3.8: required with parts, at least twice the part target")
        .isGreaterThanOrEqualTo(2 * partTarget);
    double toEnd = trailing.stream().mapToDouble(Part::seconds).sum();
    checkPartLengths(trailing, partTarget, false);
    for (Segment segment : segments.reversed()) {
      if (!segment.parts().isEmpty()) {
        checkPartLengths(segment.parts(), partTarget, true);
        double sum = segment.parts().stream().mapToDouble(Part::seconds).sum();
        assertThat(sum)
            .as("§4.4.4.9: the parts are the segment")
            .isCloseTo(segment.seconds(), org.assertj.core.data.Offset.offset(0.001));
        assertThat(toEnd).as("§6.2.2: parts only near the end").isLessThanOrEqualTo(4.0 * target);
      }
      toEnd += segment.seconds();
    }
  }

  private static void checkPartLengths(List<Part> parts, double target, boolean whole) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      assertThat(part.seconds()).as("§4.4.3.7").isLessThanOrEqualTo(target + 1e-9);
      boolean last = whole && i == parts.size() - 1;
      assertThat(last || part.independent() || part.seconds() >= 0.85 * target)
          .as("§4.4.4.9: at least 85 %% of the part target: %s", part)
          .isTrue();
    }
  }

  private static Map<String, String> attributesOf(@Nullable String list) {
    return list == null ? Map.of() : attributes(list);
  }

  long firstNumber() {
    return Long.parseLong(single.getOrDefault("#EXT-X-MEDIA-SEQUENCE", "0"));
  }

  /** Media Sequence Number behind the last segment. */
  long nextNumber() {
    return firstNumber() + skipped + segments.size();
  }

  /** §6.2.1: what a later version of the same playlist may change. */
  void mayBecome(PlaylistRules later) {
    assertThat(later.single.get("#EXT-X-TARGETDURATION"))
        .as("§6.2.1: the target duration stays")
        .isEqualTo(single.get("#EXT-X-TARGETDURATION"));
    assertThat(later.firstNumber())
        .as("§6.2.2: Media Sequence Numbers never fall")
        .isGreaterThanOrEqualTo(firstNumber());
    for (int i = 0; i < later.segments.size(); i++) {
      long index = later.firstNumber() + later.skipped + i - firstNumber() - skipped;
      if (index >= 0 && index < segments.size()) {
        assertThat(later.segments.get(i).uri())
            .as("§6.2.1: a segment keeps its number")
            .isEqualTo(segments.get((int) index).uri());
      }
    }
  }
}
