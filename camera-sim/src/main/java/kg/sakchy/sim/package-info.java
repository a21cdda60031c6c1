/**
 * Simulated cameras: an RTSP server that plays clips or live scenes as any number of cameras, with
 * a knob for each fault that real ones show, and a memory that goes on while the network is cut.
 * The ONVIF side is in {@code kg.sakchy.sim.onvif}. For tests, load and the demo; never for
 * production.
 *
 * <p>Threads: a server has one event loop, and everything that is not public is confined to it.
 * Public methods may be called from any thread; what they ask for happens soon after on the loop.
 */
package kg.sakchy.sim;
