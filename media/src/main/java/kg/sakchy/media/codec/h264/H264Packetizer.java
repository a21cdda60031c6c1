package kg.sakchy.media.codec.h264;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.NalPacketizer;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.codec.VideoParameters;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/**
 * H.264 to RTP in the non-interleaved mode (RFC 6184 §6.3): single NAL units, STAP-A, FU-A. Times
 * are presentation times, as RTP wants them; pictures go out in decoding order.
 *
 * <p>Threads: confined to one.
 */
public final class H264Packetizer implements Packetizer {
  private final RtpPacketWriter writer;
  private final NalPacketizer nals;
  private final AvcConfig config;

  /**
   * @throws kg.sakchy.core.error.VmsException if the format's {@code avcC} is malformed
   */
  public H264Packetizer(TrackFormat.Video format, RtpPacketWriter writer) {
    this.writer = writer;
    this.nals = new NalPacketizer(writer, new H264Framing());
    this.config = AvcConfig.decode(format.config());
  }

  @Override
  public void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out) {
    nals.packetize(pts, sample, out);
  }

  @Override
  public int nextSequence() {
    return writer.nextSequence();
  }

  /** With {@code sprop-parameter-sets} and {@code profile-level-id} (RFC 6184 §8.2.1). */
  @Override
  public MediaDescription describe(String control) {
    String sets =
        Stream.concat(config.sps().stream(), config.pps().stream())
            .map(set -> Base64.getEncoder().encodeToString(set.toByteArray()))
            .collect(Collectors.joining(","));
    String profile = config.codecString().substring("avc1.".length());
    return MediaDescription.ofTrack(
        "video",
        new RtpMap(writer.payloadType(), "H264", VideoParameters.CLOCK_RATE, 1),
        "packetization-mode=1;profile-level-id=" + profile + ";sprop-parameter-sets=" + sets,
        control);
  }
}
