/**
 * RTP packets (RFC 3550 §5): reading, writing, sequence numbers, time stamps, and the order of
 * datagrams.
 *
 * <p>Threads: every class here is confined to the thread of its stream; nothing is shared.
 */
package kg.sakchy.media.rtp;
