package kg.sakchy.media.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A response (RFC 2326 §7).
 *
 * @param status 100 to 999
 * @param reason phrase for people
 * @param headers its fields
 * @param body see {@link RtspMessage#body()}
 */
@SuppressWarnings("ArrayRecordComponent") // messages are handed on, never compared
public record RtspResponse(int status, String reason, RtspHeaders headers, byte[] body)
    implements RtspMessage {
  private static final byte[] NO_BODY = {};

  /** A response without a body, with the standard's phrase. */
  public RtspResponse(int status, RtspHeaders headers) {
    this(status, RtspStatus.reason(status), headers, NO_BODY);
  }

  /** Whether the status is 200 to 299. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * Address against which the controls of a DESCRIBE's answer resolve (RFC 2326 §C.1.1):
   * Content-Base, else Content-Location, else the address asked for. Scheme, host and port are
   * always those asked for: a camera behind a translating router names itself by an address that
   * leads nowhere. A malformed or relative header counts as missing.
   */
  public URI baseUri(URI request) {
    URI base = onHostOf(request, headers.get("Content-Base"));
    if (base == null) {
      base = onHostOf(request, headers.get("Content-Location"));
    }
    return base == null ? request : base;
  }

  private static @Nullable URI onHostOf(URI request, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      URI uri = new URI(text.strip());
      if (!uri.isAbsolute() || uri.getRawAuthority() == null) {
        return null;
      }
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return new URI(
          request.getScheme() + "://" + request.getRawAuthority() + uri.getRawPath() + query);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
