package kg.sakchy.onvif.soap;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One POST.
 *
 * @param address {@code http} or {@code https}
 * @param peer what its certificate is pinned under
 * @param contentType value of the field
 * @param authorization value of the field, or null
 * @param body sent in UTF-8
 * @param timeout from the start of the connection to the last byte of the answer
 * @param repeatable whether to send it again when a kept connection turns out to be dead
 */
record HttpPost(
    URI address,
    String peer,
    String contentType,
    @Nullable String authorization,
    String body,
    Duration timeout,
    boolean repeatable) {
  /** Path and query as in the request line. */
  static String target(URI address) {
    String path = address.getRawPath();
    String shown = path == null || path.isEmpty() ? "/" : path;
    return address.getRawQuery() == null ? shown : shown + "?" + address.getRawQuery();
  }
}
