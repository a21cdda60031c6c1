/**
 * The ONVIF side of simulated cameras: devices of profiles S, T, G and M on HTTP, with the faults
 * and habits of real ones as switches. {@link OnvifSim} starts it; {@link SimDevice} is one device.
 *
 * <p>It is strict where the specification is, so that clients that cheat are found, and shares no
 * code with any client.
 *
 * <p>Threads: public methods of this package may be called from any thread; everything else runs on
 * the simulator's one event loop.
 */
package kg.sakchy.sim.onvif;
