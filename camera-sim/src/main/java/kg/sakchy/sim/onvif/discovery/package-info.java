/**
 * WS-Discovery of simulated devices (WS-Discovery 2005/04, ONVIF Core §7). Only to be started in a
 * network made for it: it answers whoever asks.
 *
 * <p>Threads: everything runs on the responder's own loop, except where said.
 */
package kg.sakchy.sim.onvif.discovery;
