package kg.sakchy.media.rtsp;

/**
 * A request (RFC 2326 §6).
 *
 * @param method {@code OPTIONS}, {@code DESCRIBE}, {@code SETUP}...
 * @param uri as it stands in the request line; {@code *} too
 * @param headers its fields
 * @param body see {@link RtspMessage#body()}
 */
@SuppressWarnings("ArrayRecordComponent") // messages are handed on, never compared
public record RtspRequest(String method, String uri, RtspHeaders headers, byte[] body)
    implements RtspMessage {
  private static final byte[] NO_BODY = {};

  /** A request without a body. */
  public RtspRequest(String method, String uri, RtspHeaders headers) {
    this(method, uri, headers, NO_BODY);
  }
}
