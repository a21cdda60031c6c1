package kg.sakchy.gateway.server.access;

import kg.sakchy.core.access.MediaTokens;
import org.jspecify.annotations.Nullable;

/**
 * Who is served.
 *
 * @param tokens reads media tokens; null if none are known
 * @param viewers people who prove themselves by a password
 * @param trustsLoopback whether clients on this machine need no proof: the rule until there are
 *     accounts
 */
public record AccessPolicy(@Nullable MediaTokens tokens, Viewers viewers, boolean trustsLoopback) {
  /** Only clients on this machine. */
  public static final AccessPolicy LOOPBACK_ONLY = new AccessPolicy(null, Viewers.NONE, true);
}
