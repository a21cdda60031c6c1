package kg.sakchy.web.http;

import java.util.Set;
import kg.sakchy.core.access.Authentication;

/**
 * How people come in.
 *
 * @param names by which this server is called
 * @param authentication says who it is
 * @param open addresses beside the contract that anyone may read: the page to sign in and what it
 *     is made of
 * @param pages what people open by hand
 * @param signInPage where a browser without a session is sent from one of the pages; one of the
 *     open ones
 */
public record Entrance(
    OwnNames names,
    Authentication authentication,
    Set<String> open,
    Set<String> pages,
    String signInPage) {
  public Entrance {
    pages = Set.copyOf(pages);
    open = Set.copyOf(open);
  }
}
