/**
 * ONVIF: a small SOAP layer of our own, and on it discovery, device, media, PTZ, imaging, events
 * and recording search. design/adr/0005 says why no generated stubs.
 *
 * <p>Threads: calls block and run on virtual threads; event loops only move bytes.
 */
package kg.sakchy.onvif;
