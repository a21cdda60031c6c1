/**
 * An identity provider that speaks OpenID Connect: discovery, the authorization code flow with
 * PKCE, and its ID tokens. See {@code design/adr/0007-oidc.md}.
 *
 * <p>Threads: classes are safe for use by many threads; calls block, at the latest after some
 * seconds.
 */
@NullMarked
package kg.sakchy.web.oidc;

import org.jspecify.annotations.NullMarked;
