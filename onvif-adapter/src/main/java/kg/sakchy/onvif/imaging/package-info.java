/**
 * The picture of a camera (ONVIF Imaging 24.12): focus, iris, day and night.
 *
 * <p>Threads: calls block; an {@link kg.sakchy.onvif.imaging.ImagingControl} is confined to the
 * camera's steering queue.
 */
@NullMarked
package kg.sakchy.onvif.imaging;

import org.jspecify.annotations.NullMarked;
