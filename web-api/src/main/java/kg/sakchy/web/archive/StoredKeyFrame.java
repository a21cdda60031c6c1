package kg.sakchy.web.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.InitSegment;
import kg.sakchy.media.mp4.InitTrack;
import org.jspecify.annotations.Nullable;

/**
 * A key frame in the archive.
 *
 * @param segment that holds it
 * @param index its number in {@link Segment#keyFrames()}
 */
record StoredKeyFrame(Segment segment, int index) {
  /** A {@code moof} or a picture beyond this is taken for garbage. */
  private static final int MAX_MOOF_BYTES = 4 << 20;

  private static final int MAX_PICTURE_BYTES = 16 << 20;
  private static final int HEADER_BYTES = 8;

  /** The last whole one of a segment that is not after {@code at}. */
  static Optional<StoredKeyFrame> atOrBefore(Segment segment, Instant at) {
    KeyFrameIndex keys = segment.keyFrames();
    long ticks = segment.ticksOf(at);
    int index = keys.size() == 0 ? -1 : keys.floor(ticks);
    while (index >= 0 && (keys.ticks(index) > ticks || keys.offset(index) >= segment.sizeBytes())) {
      index--;
    }
    return index < 0 ? Optional.empty() : Optional.of(new StoredKeyFrame(segment, index));
  }

  /** Names it within its camera: letters, digits and hyphens. */
  String name() {
    return Long.toString(segment.run(), 36) + "-" + segment.sequence() + "-" + index;
  }

  Instant time() {
    return segment.instantOf(segment.keyFrames().ticks(index));
  }

  TrackFormat.Video format() {
    return InitSegment.parse(segment.init())
        .video()
        .map(InitTrack::format)
        .filter(TrackFormat.Video.class::isInstance)
        .map(TrackFormat.Video.class::cast)
        .orElseThrow(
            () -> new VmsException(ErrorKind.UNSUPPORTED, "the recording has no known video"));
  }

  /** Reads the sample; of its part, only as much as holds it. */
  byte[] read(Archive archive) {
    KeyFrameIndex keys = segment.keyFrames();
    long from = keys.offset(index);
    long until = index + 1 < keys.size() ? keys.offset(index + 1) : segment.sizeBytes();
    try (InputStream in =
        archive.open(segment, from, Math.min(until, segment.sizeBytes()) - from)) {
      return read(in, InitSegment.parse(segment.init()));
    } catch (EOFException e) {
      throw damaged("the recording ends within the picture", e);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the recording cannot be read", e);
    }
  }

  private static byte[] read(InputStream in, InitSegment init) throws IOException {
    byte[] header = exactly(in, HEADER_BYTES);
    int size = ByteBuffer.wrap(header).getInt();
    if (size < HEADER_BYTES || size > MAX_MOOF_BYTES) {
      throw damaged("a part of the recording begins with garbage", null);
    }
    byte[] moof = Arrays.copyOf(header, size);
    System.arraycopy(exactly(in, size - HEADER_BYTES), 0, moof, HEADER_BYTES, size - HEADER_BYTES);
    long end = endOfFirstPicture(ByteBuffer.wrap(moof), init);
    if (end < size || end > MAX_PICTURE_BYTES) {
      throw damaged("a picture of an impossible size", null);
    }
    byte[] part = Arrays.copyOf(moof, (int) end);
    System.arraycopy(exactly(in, part.length - size), 0, part, size, part.length - size);
    return FragmentSamples.keyFrame(ByteBuffer.wrap(part), init);
  }

  private static long endOfFirstPicture(ByteBuffer moof, InitSegment init) {
    int video = init.video().map(InitTrack::id).orElse(0);
    return FragmentSamples.list(moof, init).stream()
        .filter(sample -> sample.track() == video)
        .findFirst()
        .map((FragmentSample sample) -> sample.offset() + sample.sizeBytes())
        .orElseThrow(() -> damaged("a part without a picture", null));
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static VmsException damaged(String message, @Nullable Throwable cause) {
    return new VmsException(ErrorKind.DATA_LOSS, message, cause);
  }
}
