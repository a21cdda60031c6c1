package kg.sakchy.media.sdp;

/**
 * One {@code a=} line (RFC 8866 §5.13).
 *
 * @param name what stands before the colon, in the sender's spelling
 * @param value what stands after it; empty for a property attribute such as {@code a=sendonly}
 */
public record SdpAttribute(String name, String value) {
  /** What follows {@code a=}. */
  String format() {
    return value.isEmpty() ? name : name + ":" + value;
  }
}
