/**
 * Opus: {@code dOps} (Encapsulation of Opus in ISO BMFF §4.3.2) and RTP (RFC 7587).
 *
 * <p>Threads: values are immutable; the packetizer is confined to one thread.
 */
package kg.sakchy.media.codec.opus;
