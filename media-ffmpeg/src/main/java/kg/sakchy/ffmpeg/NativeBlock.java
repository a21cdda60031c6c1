package kg.sakchy.ffmpeg;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * A block of FFmpeg's own heap, always followed by the zeroed padding its readers may touch
 * (AV_INPUT_BUFFER_PADDING_SIZE). Owned by who opened it. Nothing here checks bounds.
 */
final class NativeBlock implements AutoCloseable {
  private static final byte[] PADDING = new byte[avcodec.AV_INPUT_BUFFER_PADDING_SIZE];

  private final BytePointer bytes;

  private NativeBlock(BytePointer bytes) {
    this.bytes = bytes;
  }

  /** Not cleared, except for the padding. */
  static NativeBlock ofSize(long size) {
    BytePointer bytes =
        new BytePointer(
            FfmpegErrors.allocated(avutil.av_malloc(size + PADDING.length), size + " bytes"));
    NativeBlock block = new NativeBlock(bytes);
    block.put(size, PADDING);
    return block;
  }

  static NativeBlock copyOf(byte[] data) {
    NativeBlock block = ofSize(data.length);
    block.put(0, data);
    return block;
  }

  /** Copies {@code data} to {@code offset} and returns the pointer, standing there. */
  BytePointer put(long offset, byte[] data) {
    return bytes.position(offset).put(data, 0, data.length);
  }

  /** The pointer, standing at the start. To give it to a structure that frees it, do not close. */
  BytePointer bytes() {
    return bytes.position(0);
  }

  @Override
  public void close() {
    avutil.av_free(bytes.position(0));
    bytes.setNull();
  }
}
