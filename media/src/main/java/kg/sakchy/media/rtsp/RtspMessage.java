package kg.sakchy.media.rtsp;

import java.nio.charset.StandardCharsets;

/** A request or a response (RFC 2326 §4). */
public sealed interface RtspMessage permits RtspRequest, RtspResponse {
  RtspHeaders headers();

  /** Empty if there is none; owned by the message, and nobody changes it. */
  byte[] body();

  /** The body as UTF-8 text. */
  default String text() {
    return new String(body(), StandardCharsets.UTF_8);
  }
}
