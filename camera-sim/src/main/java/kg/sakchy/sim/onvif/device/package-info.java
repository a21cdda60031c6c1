/**
 * The device management service of a simulated device (ONVIF Core §8), its relays and inputs, and
 * the state that other services share.
 *
 * <p>Threads: everything runs on the simulator's loop.
 */
package kg.sakchy.sim.onvif.device;
