package kg.sakchy.web.http;

import java.util.Set;
import kg.sakchy.core.access.Authentication;

/**
 * How people come in.
 *
 * @param authentication says who it is
 * @param open addresses beside the contract that anyone may read: the page to sign in and what it
 *     is made of
 * @param signInPage where a browser without a session is sent from the first page; one of the open
 *     ones
 */
public record Entrance(Authentication authentication, Set<String> open, String signInPage) {
  public Entrance {
    open = Set.copyOf(open);
  }
}
