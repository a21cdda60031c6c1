/**
 * The SOAP layer: requests from templates, answers read in one pass, HTTP by Netty, and one {@link
 * kg.sakchy.onvif.soap.DeviceSession} a camera that knows its addresses, its clock and its way of
 * authentication.
 *
 * <p>Threads: calls block and are meant for virtual threads; event loops only move bytes. A cursor
 * is confined to the reader function it is given to; sessions are safe for use by many threads.
 */
@NullMarked
package kg.sakchy.onvif.soap;

import org.jspecify.annotations.NullMarked;
