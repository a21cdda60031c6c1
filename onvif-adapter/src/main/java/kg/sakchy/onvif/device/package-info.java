/**
 * The device service: identity, network, users, and setting a camera up.
 *
 * <p>Threads: calls block and are meant for virtual threads; everything is safe for use by many.
 */
@NullMarked
package kg.sakchy.onvif.device;

import org.jspecify.annotations.NullMarked;
