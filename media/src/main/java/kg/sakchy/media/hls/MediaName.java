package kg.sakchy.media.hls;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last part of a media address. It says what is meant, not where it lies just now: the same
 * name gives the same media from memory, from the spool and from the object store.
 *
 * <pre>
 * i&lt;run&gt;-&lt;micros&gt;.mp4                init segment of a run, known at that moment
 * s&lt;run&gt;-&lt;micros&gt;-&lt;start&gt;-&lt;end&gt;.m4s  Media Segment
 * p&lt;line&gt;-&lt;number&gt;.m4s             Partial Segment of a live line
 * </pre>
 *
 * <p>Numbers are in base 36; moments are microseconds of UTC since 1970; start and end are decode
 * times of 90 kHz. Immutable.
 */
public sealed interface MediaName {
  /** Longest name looked at. */
  int MAX_CHARS = 64;

  /** Init segment of a run; {@code micros} is a moment of the run. */
  record Init(long run, long micros) implements MediaName {
    @Override
    public String toString() {
      return text(this);
    }
  }

  /** A Media Segment. */
  record Whole(HlsSegment segment) implements MediaName {
    @Override
    public String toString() {
      return text(this);
    }
  }

  /**
   * A Partial Segment, which lives as long as its live line.
   *
   * @param line identifies the live line
   * @param number counts its parts from 0
   */
  record Part(long line, long number) implements MediaName {
    @Override
    public String toString() {
      return text(this);
    }
  }

  /** Reads a name; empty when it is none. */
  static Optional<MediaName> parse(String name) {
    Matcher parts = name.length() > MAX_CHARS ? null : Forms.NAME.matcher(name);
    if (parts == null || !parts.matches()) {
      return Optional.empty();
    }
    if (parts.group(1) != null) {
      return Optional.of(new Init(number(parts.group(1)), number(parts.group(2))));
    }
    if (parts.group(3) != null) {
      long start = number(parts.group(5));
      long end = number(parts.group(6));
      return end <= start || end - start > Forms.LONGEST_TICKS
          ? Optional.empty()
          : Optional.of(
              new Whole(
                  new HlsSegment(number(parts.group(3)), start, end, number(parts.group(4)))));
    }
    return Optional.of(new Part(number(parts.group(7)), number(parts.group(8))));
  }

  private static String text(MediaName name) {
    AsciiText out = new AsciiText(MAX_CHARS);
    Forms.append(out, name);
    return out.toString();
  }

  private static long number(String base36) {
    return Long.parseLong(base36, AsciiText.RADIX);
  }

  /** How names look, and how they are written. */
  final class Forms {
    /** Eleven digits of base 36 are below 2^57. */
    private static final String NUMBER = "([0-9a-z]{1,11})";

    private static final Pattern NAME =
        Pattern.compile(
            "i%1$s-%1$s\\.mp4|s%1$s-%1$s-%1$s-%1$s\\.m4s|p%1$s-%1$s\\.m4s".formatted(NUMBER));

    /** An hour: no group of pictures is longer. */
    private static final long LONGEST_TICKS = 3_600L * 90_000;

    private Forms() {}

    /** Writes a name. */
    static void append(AsciiText out, MediaName name) {
      switch (name) {
        case Init init -> out.append('i').base36(init.run()).append('-').base36(init.micros());
        case Whole whole -> append(out, whole.segment());
        case Part part -> out.append('p').base36(part.line()).append('-').base36(part.number());
      }
      out.append(name instanceof Init ? ".mp4" : ".m4s");
    }

    private static void append(AsciiText out, HlsSegment segment) {
      out.append('s').base36(segment.run());
      out.append('-').base36(segment.startMicros());
      out.append('-').base36(segment.startTicks());
      out.append('-').base36(segment.endTicks());
    }
  }
}
