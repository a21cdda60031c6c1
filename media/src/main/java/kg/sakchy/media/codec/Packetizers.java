package kg.sakchy.media.codec;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.aac.AacPacketizer;
import kg.sakchy.media.codec.g711.G711Packetizer;
import kg.sakchy.media.codec.h264.H264Packetizer;
import kg.sakchy.media.codec.h265.H265Packetizer;
import kg.sakchy.media.codec.onvifmeta.MetadataPacketizer;
import kg.sakchy.media.codec.opus.OpusPacketizer;

/** Chooses the packetizer of a track. Threads: pure functions. */
public final class Packetizers {
  private Packetizers() {}

  /**
   * A new packetizer.
   *
   * @param payloadType 0 to 127; for G.711 at 8 kHz the static numbers 8 (A-law) and 0 (mu-law) are
   *     usual
   * @param ssrc of the packets
   * @param mtu most bytes of a packet, RTP header included
   * @throws VmsException UNSUPPORTED if the codec cannot be sent (JPEG), DATA_LOSS if the format's
   *     configuration is malformed
   */
  public static Packetizer create(TrackFormat format, int payloadType, int ssrc, int mtu) {
    RtpPacketWriter writer = new RtpPacketWriter(payloadType, ssrc, mtu);
    return switch (format) {
      case TrackFormat.Video video -> video(video, writer);
      case TrackFormat.Audio audio -> audio(audio, writer);
      case TrackFormat.Metadata metadata -> new MetadataPacketizer(metadata, writer);
    };
  }

  private static Packetizer video(TrackFormat.Video format, RtpPacketWriter writer) {
    return switch (format.codec()) {
      case H264 -> new H264Packetizer(format, writer);
      case H265 -> new H265Packetizer(format, writer);
      case MJPEG, AAC, G711_ALAW, G711_ULAW, OPUS, ONVIF_METADATA -> throw unsupported(format);
    };
  }

  private static Packetizer audio(TrackFormat.Audio format, RtpPacketWriter writer) {
    return switch (format.codec()) {
      case AAC -> new AacPacketizer(format, writer);
      case G711_ALAW, G711_ULAW -> new G711Packetizer(format, writer);
      case OPUS -> new OpusPacketizer(format, writer);
      case H264, H265, MJPEG, ONVIF_METADATA -> throw unsupported(format);
    };
  }

  private static VmsException unsupported(TrackFormat format) {
    return new VmsException(ErrorKind.UNSUPPORTED, "no RTP packets of " + format.codec());
  }
}
