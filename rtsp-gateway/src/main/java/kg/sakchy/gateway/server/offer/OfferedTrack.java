package kg.sakchy.gateway.server.offer;

import java.util.List;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.Packetizers;
import kg.sakchy.media.rtsp.RequestTarget;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/**
 * A track as clients are told of it.
 *
 * @param index in the offer, and in the control of its address
 * @param format what it carries
 * @param payloadType of its packets
 * @param clockRate of its RTP time
 * @param description its section of the session description
 */
public record OfferedTrack(
    int index, TrackFormat format, int payloadType, int clockRate, MediaDescription description) {
  /** Fits an Ethernet frame with room for tunnels, RTP header included. */
  public static final int MTU = 1_400;

  private static final int DYNAMIC = 96;
  private static final int JPEG = 26;
  private static final int PCMU = 0;
  private static final int PCMA = 8;
  private static final int TELEPHONE_RATE = 8_000;
  private static final int VIDEO_RATE = 90_000;

  static OfferedTrack of(int index, TrackFormat format) {
    int payloadType = payloadType(index, format);
    String control = RequestTarget.TRACK + index;
    MediaDescription description =
        format.codec() == Codec.MJPEG
            ? MediaDescription.ofTrack(
                "video", new RtpMap(JPEG, "JPEG", VIDEO_RATE, 1), "", control)
            : Packetizers.create(format, payloadType, 0, MTU).describe(control);
    int clockRate = description.rtpmap().map(RtpMap::clockRate).orElse(format.clockRate());
    return new OfferedTrack(index, format, payloadType, clockRate, description);
  }

  private static int payloadType(int index, TrackFormat format) {
    boolean telephone =
        format instanceof TrackFormat.Audio audio
            && audio.clockRate() == TELEPHONE_RATE
            && audio.channels() == 1;
    return switch (format.codec()) {
      case MJPEG -> JPEG;
      case G711_ALAW -> telephone ? PCMA : DYNAMIC + index;
      case G711_ULAW -> telephone ? PCMU : DYNAMIC + index;
      case H264, H265, AAC, OPUS, ONVIF_METADATA -> DYNAMIC + index;
    };
  }

  public Codec codec() {
    return format.codec();
  }

  public boolean isVideo() {
    return codec().kind() == Codec.Kind.VIDEO;
  }

  /** Whether {@link #packetizer} can be made; JPEG can only be relayed. */
  public boolean canPacketize() {
    return codec() != Codec.MJPEG;
  }

  /**
   * A new packetizer of this track.
   *
   * @param mtu most bytes of a packet, RTP header included
   */
  public Packetizer packetizer(int ssrc, int mtu) {
    return Packetizers.create(format, payloadType, ssrc, mtu);
  }

  /** Whether media of another format can go out as this track, parameter sets aside. */
  public boolean carries(TrackFormat other) {
    return switch (other) {
      case TrackFormat.Video video -> video.codec() == codec();
      case TrackFormat.Audio audio ->
          format instanceof TrackFormat.Audio mine
              && audio.codec() == mine.codec()
              && audio.clockRate() == mine.clockRate()
              && audio.channels() == mine.channels()
              && audio.config().equals(mine.config());
      case TrackFormat.Metadata metadata -> metadata.codec() == codec();
    };
  }

  /** The first of these formats of the same kind, by its index, or -1. */
  public int indexIn(List<TrackFormat> formats) {
    for (int i = 0; i < formats.size(); i++) {
      if (formats.get(i).codec().kind() == codec().kind()) {
        return i;
      }
    }
    return -1;
  }
}
