/**
 * Imaging: focus, iris, day and night (ONVIF Imaging service specification).
 *
 * <p>Threads: everything runs on the simulator's loop.
 */
package kg.sakchy.sim.onvif.imaging;
