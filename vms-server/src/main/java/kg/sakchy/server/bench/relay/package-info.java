/**
 * What the RTSP relay costs and how long it keeps a packet; see {@link
 * kg.sakchy.server.bench.relay.RelayBench}. Cameras and readers run in processes of their own.
 *
 * <p>Threads: one thread drives a measurement; each reader has a virtual thread.
 */
package kg.sakchy.server.bench.relay;
