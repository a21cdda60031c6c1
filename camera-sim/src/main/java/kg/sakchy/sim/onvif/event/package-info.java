/**
 * Events: what happens on a device, pull points and Basic Notification (ONVIF Core §9, OASIS
 * WS-BaseNotification).
 *
 * <p>Threads: {@link kg.sakchy.sim.onvif.event.SimEvents} any; the rest runs on the simulator's
 * loop.
 */
package kg.sakchy.sim.onvif.event;
