package kg.sakchy.media.mp4;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment file, torn or whole, and finds what is whole in it: for recovery after a crash
 * and for rebuilding the index from objects.
 *
 * <p>A part is whole when its {@code moof} and the {@code mdat} that holds all its samples are
 * there to the last byte. Scanning stops, without an error, at the first box that is torn or
 * garbage: a file cut anywhere, or padded with zeros, gives exactly the parts before the cut. Media
 * is skipped, never read.
 *
 * <p>Threads: confined to one thread. Fails: VmsException DATA_LOSS when the file has no whole
 * {@code moov} or its identity box is malformed, UNSUPPORTED for an identity of another version;
 * IOException of the source.
 */
public final class FragmentScanner {
  /** A box other than media that is larger than this is taken for garbage. */
  private static final int MAX_BOX_BYTES = 4 << 20;

  private final ScanSource source;
  private final BoxWriter initBoxes = new BoxWriter();
  private final List<SegmentScan.Part> parts = new ArrayList<>();
  private @Nullable InitSegment init;
  private @Nullable FragmentParser parser;
  private @Nullable SegmentIdentity identity;
  private @Nullable Fragment waiting;
  private long wholeUntil;

  /** A {@code moof} that waits for its {@code mdat}. */
  private record Fragment(long offset, List<FragmentSample> samples) {}

  private FragmentScanner(ScanSource source) {
    this.source = source;
  }

  /** Scans a file from its beginning; the channel stays open, its position anywhere. */
  public static SegmentScan scan(SeekableByteChannel file) throws IOException {
    return new FragmentScanner(ScanSource.of(file)).scan();
  }

  /** Scans a stream to its end or its first torn box; the caller closes it. */
  public static SegmentScan scan(InputStream stream) throws IOException {
    return new FragmentScanner(ScanSource.of(stream)).scan();
  }

  private SegmentScan scan() throws IOException {
    Optional<BoxHeader> box = source.header();
    while (box.isPresent() && take(box.get())) {
      box = source.header();
    }
    if (init == null) {
      throw Mp4Errors.malformed("no whole moov box");
    }
    return new SegmentScan(init, identity, parts, wholeUntil);
  }

  /** Takes one box; false when it is torn or garbage. */
  private boolean take(BoxHeader box) throws IOException {
    boolean whole =
        switch (box.type()) {
          case BoxType.FTYP, BoxType.MOOV -> init == null ? takeInit(box) : source.skip(box);
          case BoxType.UUID -> identity == null ? takeIdentity(box) : source.skip(box);
          case BoxType.MOOF -> takeFragment(box);
          case BoxType.MDAT -> takeMedia(box);
          default -> source.skip(box);
        };
    if (whole && parts.isEmpty() && waiting == null) {
      wholeUntil = box.end();
    }
    return whole;
  }

  private boolean takeInit(BoxHeader box) throws IOException {
    Optional<ByteBuffer> body = source.body(box, MAX_BOX_BYTES);
    if (body.isEmpty()) {
      return false;
    }
    initBoxes.bytes(body.get());
    if (box.type() == BoxType.MOOV) {
      init = InitSegment.parse(ByteBuffer.wrap(initBoxes.toByteArray()));
      parser = new FragmentParser(init);
    }
    return true;
  }

  private boolean takeIdentity(BoxHeader box) throws IOException {
    if (box.size() > SegmentIdentity.MAX_SIZE) {
      return source.skip(box);
    }
    Optional<ByteBuffer> body = source.body(box, SegmentIdentity.MAX_SIZE);
    if (body.isPresent() && SegmentIdentity.matches(body.get())) {
      identity = SegmentIdentity.decode(body.get());
    }
    return body.isPresent();
  }

  private boolean takeFragment(BoxHeader box) throws IOException {
    Optional<ByteBuffer> body = source.body(box, MAX_BOX_BYTES);
    if (parser == null || body.isEmpty()) {
      return false;
    }
    try {
      waiting = new Fragment(box.offset(), parser.parse(body.get(), box.offset()));
      return true;
    } catch (VmsException garbage) {
      return false;
    }
  }

  private boolean takeMedia(BoxHeader box) throws IOException {
    if (!source.skip(box)) {
      return false;
    }
    Fragment fragment = waiting;
    if (fragment == null) {
      return true;
    }
    waiting = null;
    long size = box.end() - fragment.offset();
    long from = box.offset() + box.headerSize() - fragment.offset();
    boolean holdsAll =
        fragment.samples().stream()
            .allMatch(
                sample -> sample.offset() >= from && sample.offset() + sample.sizeBytes() <= size);
    if (!holdsAll || size > Integer.MAX_VALUE) {
      return false;
    }
    try {
      parts.add(part(fragment, (int) size));
    } catch (ArithmeticException timesOutOfRange) {
      return false;
    }
    wholeUntil = box.end();
    return true;
  }

  private SegmentScan.Part part(Fragment fragment, int size) {
    InitTrack video = init == null ? null : init.video().orElse(null);
    List<FragmentSample> frames =
        video == null
            ? List.of()
            : fragment.samples().stream().filter(sample -> sample.track() == video.id()).toList();
    if (video == null || frames.isEmpty()) {
      return new SegmentScan.Part(fragment.offset(), size, 0, 0, 0, 0, false);
    }
    FragmentSample first = frames.getFirst();
    long duration = frames.stream().mapToLong(FragmentSample::duration).sum();
    return new SegmentScan.Part(
        fragment.offset(),
        size,
        ticks(first.dts(), video),
        ticks(first.pts(), video),
        ticks(duration, video),
        frames.size(),
        first.keyFrame());
  }

  private static long ticks(long time, InitTrack track) {
    return track.timescale() == Segment.TIMESCALE
        ? time
        : MediaTime.rescale(time, track.timescale(), Segment.TIMESCALE);
  }
}
