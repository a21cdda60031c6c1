/**
 * RTSP 1.0 (RFC 2326) as text and bytes: messages, headers, the stream that mixes messages with
 * interleaved media, and authentication for both sides.
 *
 * <p>Threads: values are immutable or owned by one message; parsers, authenticators and verifiers
 * are confined to the thread of their connection.
 */
package kg.sakchy.media.rtsp;
