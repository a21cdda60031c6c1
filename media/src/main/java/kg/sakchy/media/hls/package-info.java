/**
 * HTTP Live Streaming (RFC 8216bis, draft-pantos-hls-rfc8216bis-15): what the archive and the
 * present look like as playlists, and the text of these. Nothing here reads an object or a socket.
 *
 * <p>Threads: values are immutable; a {@link kg.sakchy.media.hls.SegmentLine} is confined to one
 * thread at a time. See {@code design/hls.md}.
 */
package kg.sakchy.media.hls;
