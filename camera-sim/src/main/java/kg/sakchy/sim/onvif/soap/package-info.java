/**
 * SOAP 1.2 as a strict device reads and writes it: XML in and out, envelopes, faults, and the
 * interface of services. Written without regard to any client.
 *
 * <p>Threads: values are immutable; a writer is confined to one.
 */
package kg.sakchy.sim.onvif.soap;
