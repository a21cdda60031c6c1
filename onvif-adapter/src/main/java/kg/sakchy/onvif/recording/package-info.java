/**
 * What cameras have recorded themselves (Profile G): searches it; playing it is not done here.
 *
 * <p>Threads: safe for use by many threads; calls block.
 */
@NullMarked
package kg.sakchy.onvif.recording;

import org.jspecify.annotations.NullMarked;
