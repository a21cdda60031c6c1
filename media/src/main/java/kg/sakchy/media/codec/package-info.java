/**
 * Between RTP payloads and MP4 samples: depacketizers and packetizers of every codec Sakchy
 * carries, and what they share (NAL units, bits, decoding times, the life of an access unit). The
 * subpackages hold one codec each; {@link kg.sakchy.media.codec.Depacketizers} and {@link
 * kg.sakchy.media.codec.Packetizers} choose among them.
 *
 * <p>Threads: values are immutable; everything with state is confined to the thread of its track.
 */
package kg.sakchy.media.codec;
