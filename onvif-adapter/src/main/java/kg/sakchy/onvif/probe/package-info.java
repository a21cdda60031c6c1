/**
 * Who a camera is and what it can do, in one report; and setting it up.
 *
 * <p>Threads: calls block and are meant for virtual threads; everything is safe for use by many.
 */
@NullMarked
package kg.sakchy.onvif.probe;

import org.jspecify.annotations.NullMarked;
