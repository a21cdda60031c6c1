package kg.sakchy.gateway.client;

import java.net.URI;
import kg.sakchy.gateway.failure.Failure;

/** How a connection ended. */
public sealed interface ConnectionEnd {
  /** We wanted it to. */
  record Closed() implements ConnectionEnd {}

  /** It did not work, or stopped working. */
  record Failed(Failure failure) implements ConnectionEnd {}

  /** The camera sent us elsewhere. */
  record Redirected(URI to) implements ConnectionEnd {}
}
