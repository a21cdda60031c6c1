/**
 * Steers cameras (ONVIF PTZ 26.06): reads what a camera can, turns degrees and zoom factors into
 * its numbers, and sends one command after the other.
 *
 * <p>Threads: each camera has one queue whose commands run on one virtual thread at a time; values
 * are immutable.
 */
@NullMarked
package kg.sakchy.onvif.ptz;

import org.jspecify.annotations.NullMarked;
