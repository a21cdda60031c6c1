/**
 * JPEG in RTP (RFC 2435): whole JPEG files from scan data, a few numbers and quantization tables.
 *
 * <p>Threads: values are immutable; the depacketizer is confined to one thread.
 */
package kg.sakchy.media.codec.jpeg;
