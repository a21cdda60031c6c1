package kg.sakchy.media.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages and the prefix of interleaved frames. A Content-Length field is added when there
 * is a body. Threads: pure functions.
 */
public final class RtspWriter {
  /** Size of the prefix of an interleaved frame (RFC 2326 §10.12). */
  public static final int FRAME_PREFIX_BYTES = 4;

  private static final int MAX_FRAME = 65_535;

  private RtspWriter() {}

  /** The message as it goes over the wire; text is UTF-8. */
  public static byte[] encode(RtspMessage message) {
    String firstLine =
        switch (message) {
          case RtspRequest request -> request.method() + " " + request.uri() + " RTSP/1.0";
          case RtspResponse response -> "RTSP/1.0 " + response.status() + " " + response.reason();
        };
    StringBuilder head = new StringBuilder(256).append(firstLine).append("\r\n");
    for (RtspHeaders.Field field : message.headers().fields()) {
      if (!field.name().equalsIgnoreCase("Content-Length")) {
        head.append(field.name()).append(": ").append(field.value()).append("\r\n");
      }
    }
    byte[] body = message.body();
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }

  /**
   * Writes the prefix {@code $ channel size} of an interleaved frame; the payload follows it.
   *
   * @param channel 0 to 255
   * @param size of the payload, 0 to 65535
   */
  public static void writeFramePrefix(ByteBuffer out, int channel, int size) {
    if (channel < 0 || channel > 255 || size < 0 || size > MAX_FRAME) {
      throw new IllegalArgumentException("channel " + channel + ", size " + size);
    }
    out.put((byte) '$').put((byte) channel).put((byte) (size >> 8)).put((byte) size);
  }
}
