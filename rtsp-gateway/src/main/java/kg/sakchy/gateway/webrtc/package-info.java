/**
 * Live streams for browsers by WebRTC: the lowest delay there is, for steering a camera by hand.
 *
 * <pre>
 * camera's loop -- UnitQueue --> session's loop: SessionMedia -> Packetizer -> SrtpSender -> IcePath
 * IcePort's loop: PacketDemux -- checks answered at once
 *                             -- DTLS -> DtlsConversation (a virtual thread of its own)
 *                             -- SRTCP -> session's loop: NACK, key frames
 * </pre>
 *
 * <p>Threads: a session is confined to one event loop of this package's own; a camera's loop only
 * puts units into a queue. See design/webrtc.md.
 */
package kg.sakchy.gateway.webrtc;
