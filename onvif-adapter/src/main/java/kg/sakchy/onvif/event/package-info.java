/**
 * Hears what cameras report: pull points, notifications where a camera has no pull point, and
 * analytics metadata. {@link kg.sakchy.onvif.event.CameraEventService} is what others start.
 *
 * <p>Threads: each camera has one virtual thread, which waits for the camera's answer nearly all
 * the time; events reach the log through one journal.
 */
@NullMarked
package kg.sakchy.onvif.event;

import org.jspecify.annotations.NullMarked;
