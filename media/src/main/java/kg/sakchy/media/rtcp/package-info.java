/**
 * RTCP packets (RFC 3550 §6): sender and receiver reports, source descriptions, farewells.
 *
 * <p>Threads: values are immutable; {@link kg.sakchy.media.rtcp.ReceptionStatistics} is confined to
 * the thread of its stream.
 */
package kg.sakchy.media.rtcp;
