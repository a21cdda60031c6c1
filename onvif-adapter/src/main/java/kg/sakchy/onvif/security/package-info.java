/**
 * How a camera and this server know each other: WS-Security and HTTP Digest logins, the care not to
 * lock an account, the camera's clock, and certificates pinned on first use.
 *
 * <p>Threads: every type states its rule; nothing here touches the network.
 */
@NullMarked
package kg.sakchy.onvif.security;

import org.jspecify.annotations.NullMarked;
