/**
 * Pan, tilt and zoom: the moving head and the PTZ service (ONVIF PTZ service specification).
 *
 * <p>Threads: {@link kg.sakchy.sim.onvif.ptz.PtzHead} any; services run on the simulator's loop.
 */
package kg.sakchy.sim.onvif.ptz;
