/**
 * Media profiles, streams and encoders, through Media2 where it works and Media1 where it does not.
 *
 * <p>Threads: calls block and are meant for virtual threads; everything is safe for use by many.
 */
@NullMarked
package kg.sakchy.onvif.media;

import org.jspecify.annotations.NullMarked;
