package kg.sakchy.media.mp4;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Takes samples out of a part, one {@code moof} with its {@code mdat}.
 *
 * <p>Threads: any; nothing is kept. Buffers: the part is only read and its position stays. Fails:
 * VmsException DATA_LOSS when the part is malformed or ends early.
 */
public final class FragmentSamples {
  private FragmentSamples() {}

  /**
   * All samples of a part, track after track.
   *
   * @param part begins with the {@code moof} box
   */
  public static List<FragmentSample> list(ByteBuffer part, InitSegment init) {
    return new FragmentParser(init).parse(part, 0);
  }

  /**
   * The first video sample of a part, as {@link kg.sakchy.core.stream.AccessUnit#data()}. Of the
   * part, only the bytes up to the end of that sample are needed.
   *
   * @param part begins with the {@code moof} box
   */
  public static byte[] keyFrame(ByteBuffer part, InitSegment init) {
    int video = init.video().orElseThrow(() -> Mp4Errors.malformed("no video track")).id();
    FragmentSample first =
        list(part, init).stream()
            .filter(sample -> sample.track() == video)
            .findFirst()
            .orElseThrow(() -> Mp4Errors.malformed("a part without video"));
    if (!first.keyFrame()) {
      throw Mp4Errors.malformed("a part that does not begin with a key frame");
    }
    return data(part, first);
  }

  /** The bytes of a sample of {@code part}. */
  public static byte[] data(ByteBuffer part, FragmentSample sample) {
    if (sample.offset() < 0 || sample.offset() + sample.sizeBytes() > part.remaining()) {
      throw Mp4Errors.malformed("a sample outside its part");
    }
    byte[] data = new byte[sample.sizeBytes()];
    part.get(part.position() + (int) sample.offset(), data);
    return data;
  }
}
