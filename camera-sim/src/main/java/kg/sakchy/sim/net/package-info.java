/**
 * What the simulator's servers need of the network: an event loop and a certificate.
 *
 * <p>Threads: values are immutable; any.
 */
package kg.sakchy.sim.net;
