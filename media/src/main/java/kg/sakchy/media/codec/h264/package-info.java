/**
 * H.264: parameter sets (ITU-T H.264 §7.3.2.1), {@code avcC} (ISO/IEC 14496-15 §5.3.3.1), RTP (RFC
 * 6184).
 *
 * <p>Threads: values are immutable; depacketizer and packetizer are confined to one thread.
 */
package kg.sakchy.media.codec.h264;
