/**
 * H.265: parameter sets (ITU-T H.265 §7.3.2), {@code hvcC} (ISO/IEC 14496-15 §8.3.3.1), RTP (RFC
 * 7798).
 *
 * <p>Threads: values are immutable; depacketizer and packetizer are confined to one thread.
 */
package kg.sakchy.media.codec.h265;
