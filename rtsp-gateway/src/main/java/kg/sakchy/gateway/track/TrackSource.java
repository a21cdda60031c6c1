package kg.sakchy.gateway.track;

import java.util.Optional;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.Depacketizers;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;
import org.jspecify.annotations.Nullable;

/**
 * A track that a camera offers and this server can carry.
 *
 * @param media the camera's description of it
 * @param codec what it carries
 * @param payloadType of its packets, 0 to 127
 * @param clockRate ticks per second of its RTP time
 * @param depacketizer fresh, for one connection
 */
public record TrackSource(
    MediaDescription media,
    Codec codec,
    int payloadType,
    int clockRate,
    Depacketizer depacketizer) {

  /** The track that a section describes, unless its codec is not supported. */
  public static Optional<TrackSource> of(MediaDescription media) {
    Optional<Codec> codec = Depacketizers.codecOf(media);
    Optional<RtpMap> map = media.rtpmap();
    if (codec.isEmpty() || map.isEmpty()) {
      return Optional.empty();
    }
    return Depacketizers.create(media)
        .map(
            depacketizer ->
                new TrackSource(
                    media,
                    codec.get(),
                    map.get().payloadType(),
                    map.get().clockRate(),
                    depacketizer));
  }

  /**
   * The format, where it does not depend on what is sent: metadata may be silent for minutes, and
   * must not begin a new run when it speaks.
   */
  @Nullable TrackFormat knownFormat() {
    return codec == Codec.ONVIF_METADATA
        ? new TrackFormat.Metadata(codec, clockRate, Bytes.EMPTY)
        : null;
  }
}
