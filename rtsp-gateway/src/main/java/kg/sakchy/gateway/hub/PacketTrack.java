package kg.sakchy.gateway.hub;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.media.sdp.MediaDescription;

/**
 * The track that packets belong to; one object for one connection.
 *
 * @param codec what it carries
 * @param media the camera's description of it, which says how the packets are made
 */
public record PacketTrack(Codec codec, MediaDescription media) {}
