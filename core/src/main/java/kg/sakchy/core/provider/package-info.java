/**
 * Signing in at an identity provider: who it says somebody is, which account that is here, and what
 * its groups may do.
 *
 * <p>Threads: classes are safe for use by many threads; calls block (network, database).
 */
@NullMarked
package kg.sakchy.core.provider;

import org.jspecify.annotations.NullMarked;
