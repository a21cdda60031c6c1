package kg.sakchy.media.codec;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.aac.AacPayload;
import kg.sakchy.media.codec.g711.G711Payload;
import kg.sakchy.media.codec.h264.AvcConfig;
import kg.sakchy.media.codec.h264.H264Framing;
import kg.sakchy.media.codec.h265.H265Framing;
import kg.sakchy.media.codec.h265.HevcConfig;
import kg.sakchy.media.codec.onvifmeta.MetadataPayload;
import kg.sakchy.media.codec.opus.OpusPayload;

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
    return new Packetizer(
        format.codec().kind(), payload(format), new RtpPacketWriter(payloadType, ssrc, mtu));
  }

  private static PayloadFormat payload(TrackFormat format) {
    return switch (format) {
      case TrackFormat.Video video -> video(video);
      case TrackFormat.Audio audio -> audio(audio);
      case TrackFormat.Metadata metadata -> new MetadataPayload(metadata);
    };
  }

  private static PayloadFormat video(TrackFormat.Video format) {
    return switch (format.codec()) {
      case H264 ->
          new NalPayload(
              new H264Framing(), "H264", AvcConfig.decode(format.config()).formatParameters());
      case H265 ->
          new NalPayload(
              new H265Framing(), "H265", HevcConfig.decode(format.config()).formatParameters());
      case MJPEG, AAC, G711_ALAW, G711_ULAW, OPUS, ONVIF_METADATA -> throw unsupported(format);
    };
  }

  private static PayloadFormat audio(TrackFormat.Audio format) {
    return switch (format.codec()) {
      case AAC -> new AacPayload(format);
      case G711_ALAW, G711_ULAW -> new G711Payload(format);
      case OPUS -> new OpusPayload(format);
      case H264, H265, MJPEG, ONVIF_METADATA -> throw unsupported(format);
    };
  }

  private static VmsException unsupported(TrackFormat format) {
    return new VmsException(ErrorKind.UNSUPPORTED, "no RTP packets of " + format.codec());
  }
}
