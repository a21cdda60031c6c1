/**
 * From RTP packets to the runs of a stream: one receiver for each track, and the assembler that
 * makes their samples one stream.
 *
 * <p>Threads: everything is confined to the stream's event loop. Buffers: packets are only read
 * during a call; the depacketizer's copy is the only one.
 */
package kg.sakchy.gateway.track;
