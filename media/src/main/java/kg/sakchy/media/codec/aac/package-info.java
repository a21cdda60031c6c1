/**
 * AAC: AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) and RTP (RFC 3640).
 *
 * <p>Threads: values are immutable; depacketizer and packetizer are confined to one thread.
 */
package kg.sakchy.media.codec.aac;
