package kg.sakchy.media.mp4;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;

/**
 * A stretch of the archive as one MP4 file, planned from index rows alone: no object is read to
 * know every byte's place, so the length is exact and any part of the file can be asked for.
 *
 * <pre>
 * ftyp | moov (with mehd) | sidx | (moof mdat)* of the segments, decode times shifted
 * </pre>
 *
 * <p>Media begins at the key frame at or before the start of the range and ends before the key
 * frame at or after its end. Segments of one run follow each other exactly as they were muxed;
 * where media is missing, {@link Gaps} says what happens to the time.
 *
 * <p>Decode times cannot be negative, yet sound that belongs to the first picture can begin a
 * little before it. So the first key frame has decode time 0 only in a file without sound, else
 * {@link #SOUND_LEAD}. (An edit list would hide that, but newer FFmpeg, seen with 8.0, takes it for
 * the encoder delay of the sound and drops that much of it.) What begins earlier still is moved to
 * 0.
 *
 * <p>Immutable.
 */
public final class RangePlan {
  /** What the file's time does where nothing is recorded. */
  public enum Gaps {
    /** The gap stays: the picture stands still for as long as nothing was recorded. */
    REAL_TIME,
    /** The gap is closed: the picture jumps. */
    CLOSED
  }

  /** Decode time of the first key frame in a file with sound. */
  public static final Duration SOUND_LEAD = Duration.ofMillis(250);

  private final List<RangePiece> pieces;
  private final TimeRange covered;
  private final Duration duration;
  private final long length;

  private RangePlan(List<RangePiece> pieces, TimeRange covered, Duration duration) {
    this.pieces = List.copyOf(pieces);
    this.covered = covered;
    this.duration = duration;
    this.length = pieces.stream().mapToLong(RangePiece::length).sum();
  }

  /**
   * Plans a file.
   *
   * @param segments of one stream; those outside {@code range} are left out. One that is being
   *     written is a snapshot that ends at its size
   * @throws VmsException NOT_FOUND when nothing is recorded in the range; FAILED_PRECONDITION when
   *     the format changes within it, naming the moment
   */
  public static RangePlan of(List<Segment> segments, TimeRange range, Gaps gaps) {
    List<RangeCut> cuts =
        withoutRepeats(
            segments.stream()
                .sorted(Comparator.comparing(segment -> segment.range().start()))
                .flatMap(segment -> RangeCut.of(segment, range).stream())
                .toList());
    if (cuts.isEmpty()) {
      throw new VmsException(
          ErrorKind.NOT_FOUND, "nothing is recorded from " + range.start() + " to " + range.end());
    }
    InitSegment init = commonInit(cuts);
    Duration lead = init.hasAudio() ? SOUND_LEAD : Duration.ZERO;
    RangeTimeline timeline = RangeTimeline.of(cuts, gaps, MediaTime.ticks(lead, Segment.TIMESCALE));
    List<RangePiece> pieces = new ArrayList<>();
    pieces.add(new RangePiece.Made(head(init, cuts, timeline)));
    for (int i = 0; i < cuts.size(); i++) {
      RangeCut cut = cuts.get(i);
      pieces.add(
          new RangePiece.Media(
              cut.segment(),
              cut.offset(),
              cut.offset() + cut.length(),
              cut.offset(),
              cut.length(),
              TfdtShift.of(timeline.shiftTicks(i), init)));
    }
    Instant end = cuts.stream().map(RangeCut::end).max(Comparator.naturalOrder()).orElseThrow();
    TimeRange covered = new TimeRange(cuts.getFirst().start(), end);
    return new RangePlan(pieces, covered, duration(timeline.durationTicks()));
  }

  /** A group of pictures that the next segment begins with again is left out. */
  private static List<RangeCut> withoutRepeats(List<RangeCut> cuts) {
    List<RangeCut> once = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      RangeCut cut = cuts.get(i);
      if (i + 1 < cuts.size() && cut.isRepeatedBy(cuts.get(i + 1))) {
        cut.withoutLastGroup().ifPresent(once::add);
      } else {
        once.add(cut);
      }
    }
    return once;
  }

  private static InitSegment commonInit(List<RangeCut> cuts) {
    Segment first = cuts.getFirst().segment();
    InitSegment init = InitSegment.parse(first.init());
    Bytes known = first.init();
    for (RangeCut cut : cuts) {
      Segment segment = cut.segment();
      if (segment.init().equals(known)) {
        continue;
      }
      InitSegment other = InitSegment.parse(segment.init());
      if (!init.joins(other)) {
        throw new VmsException(
            ErrorKind.FAILED_PRECONDITION,
            "the format changes at %s from %s to %s; ask for a range on one side of it"
                .formatted(segment.range().start(), init.describe(), other.describe()));
      }
      known = segment.init();
    }
    return init;
  }

  private static Bytes head(InitSegment init, List<RangeCut> cuts, RangeTimeline timeline) {
    int video = init.video().orElseThrow(() -> Mp4Errors.malformed("no video track")).id();
    List<SegmentIndexBox.Subsegment> subsegments = new ArrayList<>();
    long last = 0;
    for (int i = 0; i < cuts.size(); i++) {
      RangeCut cut = cuts.get(i);
      for (int key = cut.firstKey(); key < cut.endKey(); key++) {
        last = Math.max(last, cut.decodeTicks(key) + timeline.shiftTicks(i));
        subsegments.add(
            new SegmentIndexBox.Subsegment(
                last, cut.sizeOf(key), cut.segment().keyFrames().partSize(key)));
      }
    }
    return Bytes.copyOf(
        new BoxWriter()
            .bytes(init.withDuration(duration(timeline.endTicks())))
            .bytes(SegmentIndexBox.encode(video, subsegments, Math.max(last, timeline.endTicks())))
            .toByteArray());
  }

  private static Duration duration(long ticks) {
    return MediaTime.duration(ticks, Segment.TIMESCALE);
  }

  /** Exact size of the file in bytes. */
  public long length() {
    return length;
  }

  /** How long the file plays. */
  public Duration duration() {
    return duration;
  }

  /** UTC of the first frame, to the end of what is in the file; may be wider than was asked for. */
  public TimeRange covered() {
    return covered;
  }

  /** All of the file, in order. */
  public List<RangePiece> pieces() {
    return pieces;
  }

  /** Changes when any byte of the file changes: 64 hex digits, fit for a strong entity tag. */
  public String fingerprint() {
    MessageDigest sha256 = sha256();
    for (RangePiece piece : pieces) {
      switch (piece) {
        case RangePiece.Made made -> sha256.update(made.bytes().asByteBuffer());
        case RangePiece.Media media -> {
          String stretch =
              "%s %d %d %s\n"
                  .formatted(
                      media.segment().key(),
                      media.offset(),
                      media.length(),
                      new TreeMap<>(media.shift().ticksByTrack()));
          sha256.update(stretch.getBytes(StandardCharsets.US_ASCII));
        }
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Part of the file.
   *
   * @param first first byte wanted, from 0
   * @param last last byte wanted, inclusive as in HTTP {@code Range} (RFC 9110 §14.1.2)
   * @throws VmsException INVALID_ARGUMENT when not {@code 0 <= first <= last < length()}
   */
  public List<RangePiece> slice(long first, long last) {
    if (first < 0 || first > last || last >= length) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT,
          "bytes %d to %d of a file of %d bytes".formatted(first, last, length));
    }
    List<RangePiece> slice = new ArrayList<>();
    long start = 0;
    for (RangePiece piece : pieces) {
      long from = Math.max(first, start) - start;
      long until = Math.min(last + 1, start + piece.length()) - start;
      if (from < until) {
        slice.add(part(piece, from, until - from));
      }
      start += piece.length();
    }
    return slice;
  }

  private static RangePiece part(RangePiece piece, long from, long length) {
    return switch (piece) {
      case RangePiece.Made made ->
          new RangePiece.Made(
              Bytes.copyOf(made.bytes().asByteBuffer().slice((int) from, (int) length)));
      case RangePiece.Media media -> {
        long offset = media.offset() + from;
        yield new RangePiece.Media(
            media.segment(),
            RangeCut.keyFrameAtOrBefore(media.segment(), offset),
            RangeCut.keyFrameAtOrAfter(media.segment(), offset + length),
            offset,
            length,
            media.shift());
      }
    };
  }

  /** The whole file; see {@link #open(Archive, long, long)}. */
  public InputStream open(Archive archive) {
    return open(archive, 0, length - 1);
  }

  /**
   * Part of the file as a stream. Segments are opened one after another when their turn comes, and
   * memory does not grow with the range. Reading fails with the VmsException of the archive, or
   * DATA_LOSS when an object ends early; it never returns fewer bytes than promised without an
   * error.
   *
   * @param first first byte, from 0
   * @param last last byte, inclusive
   */
  public InputStream open(Archive archive, long first, long last) {
    return new RangeStream(archive, slice(first, last));
  }
}
