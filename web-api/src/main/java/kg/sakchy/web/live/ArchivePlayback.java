package kg.sakchy.web.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.PartReader;
import org.jspecify.annotations.Nullable;

/**
 * Shows a viewer the archive from a moment on, as fast as it plays: across segments, gaps and
 * changes of the format, up to the present.
 *
 * <p>Threads: the viewer's. Memory: one part, and what the client was sent and has not played.
 */
final class ArchivePlayback {
  /** Less is the end of one segment and the beginning of the next. */
  private static final Duration SMALLEST_GAP = Duration.ofSeconds(1);

  /** A client that takes this long for some parts is slow: nothing is kept open for it. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Archive archive;
  private final ArchiveReads reads;
  private final MediaGrant grant;
  private final Wish wish;
  private final Wishes wishes;
  private final Presentation presentation;
  private final StreamId stream;
  private final Instant at;
  private final ArchiveCursor cursor;
  private final SendWindow window;
  private final ArchiveTranscoder transcoder;
  private @Nullable StoredFragments fragments;
  private @Nullable SelectedTracks told;
  private @Nullable Mapping mapping;
  private long shownFirst;
  private Bytes init = Bytes.EMPTY;
  private Instant shownUntil;

  /** What media time will mean, once the client knows the tracks. */
  private record Mapping(long media, Instant utc, Duration frame) {}

  ArchivePlayback(
      ViewerPorts ports, MediaGrant grant, Wish wish, Wishes wishes, Presentation presentation) {
    this.grant = grant;
    this.wish = wish;
    this.wishes = wishes;
    this.presentation = presentation;
    archive = ports.archive();
    reads = ports.reads();
    transcoder = ports.transcoder();
    stream = StreamId.main(grant.camera()); // the recorded one
    at = Objects.requireNonNull(wish.at());
    shownUntil = at;
    cursor = new ArchiveCursor(archive, stream, ports.clock(), at);
    window = new SendWindow(wish.speed());
  }

  /**
   * Shows the archive; returns when something else is wanted or all of it was shown.
   *
   * @throws VmsException with the reason why it cannot be shown, or no further
   */
  void run() {
    try {
      Optional<ArchiveCursor.Group> group = next();
      while (group.isPresent()) {
        show(group.get());
        group = next();
      }
    } finally {
      endFragments();
    }
  }

  /** The next group when there is room for it; empty at the end, or when others are wanted. */
  private Optional<ArchiveCursor.Group> next() {
    wishes.await(() -> window.hasRoom(wishes.position(wish)) && !presentation.isBehind());
    return wishes.areOthers() ? Optional.empty() : reads.read(cursor::next);
  }

  private void endFragments() {
    if (fragments != null) {
      fragments.close();
      fragments = null;
    }
  }

  /** UTC up to which everything was shown that there is. */
  Instant shownUntil() {
    return shownUntil;
  }

  private void show(ArchiveCursor.Group group) {
    Instant first = later(group.start(), at);
    if (!grant.allows(stream.camera(), new TimeRange(first, first.plusNanos(1)))) {
      throw new VmsException(ErrorKind.PERMISSION_DENIED, "what follows is not covered");
    }
    if (Duration.between(shownUntil, group.start()).compareTo(SMALLEST_GAP) > 0) {
      TimeRange missing = new TimeRange(shownUntil, group.start());
      presentation.gap(missing, reads.read(() -> MissingFootage.of(archive, stream, missing)));
      endFragments();
    }
    try {
      reads.read(
          () -> {
            send(group);
            return group;
          });
      shownUntil = later(shownUntil, group.end());
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.NOT_FOUND && e.kind() != ErrorKind.DATA_LOSS) {
        throw e;
      }
      skip(group, String.valueOf(e.getMessage()));
    }
  }

  /** Retention was faster, or the object is damaged: the rest of the archive can be shown. */
  private void skip(ArchiveCursor.Group group, String reason) {
    cursor.skipSegment();
    endFragments();
    Instant end = group.segment().range().end();
    if (group.start().isBefore(end)) {
      presentation.gap(
          new TimeRange(group.start(), end), new MissingFootage(GapCause.STORAGE, reason));
    }
    shownUntil = later(shownUntil, end);
  }

  private void send(ArchiveCursor.Group group) {
    Segment segment = group.segment();
    StoredFragments into = fragmentsOf(group);
    KeyFrameIndex keys = segment.keyFrames();
    long end = group.offset() + group.length();
    long known = keys.partSize(group.key());
    boolean onlyKey = wish.keyFramesOnly();
    if (onlyKey && !group.isWhole()) {
      cursor.reached(end);
      return;
    }
    long length = onlyKey && known > 0 ? Math.min(known, group.length()) : group.length();
    try (InputStream in = archive.open(segment, group.offset(), length)) {
      PartReader parts = new PartReader(in);
      long offset = group.offset();
      Optional<ByteBuffer> part = parts.next();
      while (part.isPresent()) {
        int size = part.get().remaining();
        send(group, into, part.get(), offset == group.offset() && group.isWhole());
        offset += size;
        cursor.reached(onlyKey ? end : offset);
        if (onlyKey || mustPause()) {
          return;
        }
        part = parts.next();
      }
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the recording cannot be read", e);
    }
  }

  private boolean mustPause() {
    wishes.await(() -> !presentation.isBehind(), PATIENCE);
    return wishes.areOthers()
        || presentation.isBehind()
        || window.isOverfull(wishes.position(wish));
  }

  private void send(
      ArchiveCursor.Group group, StoredFragments into, ByteBuffer part, boolean beginsGroup) {
    long before = into.endTicks();
    Fragment fragment =
        wish.keyFramesOnly()
            ? into.keyPicture(part, Duration.between(group.start(), group.end()))
            : into.part(part);
    if (beginsGroup) {
      mapping = new Mapping(into.firstTicks(), group.start(), into.frame());
    }
    if (into.tracks().isEmpty() || fragment.sizeBytes() == 0) {
      return; // a decoder holds its first pictures back
    }
    tell(into, into.tracks().get());
    presentation.media(fragment, into.endTicks());
    window.sent(before, into.endTicks(), fragment.sizeBytes());
  }

  /** Tells what follows, as far as the client does not know it. */
  private void tell(StoredFragments of, SelectedTracks tracks) {
    if (!tracks.equals(told)) {
      told = tracks;
      presentation.tracks(wish, tracks, of.delivery(), shownFirst);
    }
    Mapping means = mapping;
    if (means != null) {
      presentation.mapping(means.media(), means.utc(), means.frame());
      mapping = null;
    }
  }

  /** Goes on with the fragments of the group before where its times go on. */
  private StoredFragments fragmentsOf(ArchiveCursor.Group group) {
    Segment segment = group.segment();
    StoredFragments going = fragments;
    if (going != null && group.follows() && segment.init().equals(init)) {
      return going;
    }
    init = segment.init();
    InitSegment parsed = InitSegment.parse(init);
    SelectedTracks all = SelectedTracks.of(parsed, wish.playable());
    SelectedTracks tracks = wish.keyFramesOnly() ? all.silent() : all;
    long start = presentation.next();
    Duration before = Duration.between(group.start(), at);
    shownFirst = before.isPositive() ? start + MediaTicks.of(before) : start;
    told = null;
    endFragments(); // gives its transcoder back first
    StoredFragments begun =
        new StoredFragments(
            parsed,
            tracks,
            start,
            tracks.playsOn(wish.playable()) ? null : transcoded(tracks.video()));
    fragments = begun;
    return begun;
  }

  private ArchiveTranscoder.Coding transcoded(TrackFormat.Video recorded) {
    if (!wish.playable().plays(Codec.H264)) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED,
          "the recording is %s (%s), which this viewer cannot play, nor H.264"
              .formatted(recorded.codec(), recorded.codecString()));
    }
    return transcoder.open(recorded);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
