/**
 * HTTP ports of devices, on Netty.
 *
 * <p>Threads: everything runs on the simulator's loop.
 */
package kg.sakchy.sim.onvif.http;
