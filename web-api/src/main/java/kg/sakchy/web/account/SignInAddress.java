package kg.sakchy.web.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.page.SignInPage;

/**
 * The address of the page to sign in, as the browser that calls knows this server. It comes from
 * the {@code Origin} of a request, whose host was found to be one of this server's before.
 */
final class SignInAddress {
  private SignInAddress() {}

  /** The address; nothing when the request does not say where it is from. */
  static Optional<URI> of(Call call) {
    String origin = call.header("Origin");
    if (origin == null) {
      return Optional.empty();
    }
    try {
      URI from = new URI(origin);
      return Optional.of(
          new URI(from.getScheme(), from.getRawAuthority(), SignInPage.PATH, null, null));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
