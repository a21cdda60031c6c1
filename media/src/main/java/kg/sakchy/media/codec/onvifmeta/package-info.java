/**
 * ONVIF metadata: XML documents in RTP (ONVIF Streaming §5.2.1.1), passed through unread.
 *
 * <p>Threads: depacketizer and packetizer are confined to one thread.
 */
package kg.sakchy.media.codec.onvifmeta;
