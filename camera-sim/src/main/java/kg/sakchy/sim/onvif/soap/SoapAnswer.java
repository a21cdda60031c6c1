package kg.sakchy.sim.onvif.soap;

import java.util.concurrent.CompletableFuture;

/** What a service says to a call. */
public sealed interface SoapAnswer {
  /** The body of an answer. */
  static SoapAnswer of(Xml body) {
    return new Now(body.finish(), "");
  }

  /** An answer without any content, such as most changes have. */
  static SoapAnswer empty(String element) {
    return new Now(new Xml().empty(element).finish(), "");
  }

  /**
   * An answer.
   *
   * @param body XML
   * @param action of the addressing headers, empty for none
   */
  record Now(String body, String action) implements SoapAnswer {}

  /**
   * An answer that comes when there is something to say; completed on the loop, with a {@link
   * SoapFault} if it fails.
   *
   * @param answer cancelled when the client is gone
   */
  record Later(CompletableFuture<Now> answer) implements SoapAnswer {}
}
