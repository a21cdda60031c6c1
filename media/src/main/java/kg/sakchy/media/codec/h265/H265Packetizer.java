package kg.sakchy.media.codec.h265;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.NalPacketizer;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.RtpPacketWriter;
import kg.sakchy.media.codec.VideoParameters;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/**
 * H.265 to RTP (RFC 7798): single NAL units, AP, FU, without decoding order numbers. Times are
 * presentation times, as RTP wants them; pictures go out in decoding order.
 *
 * <p>Threads: confined to one.
 */
public final class H265Packetizer implements Packetizer {
  private final RtpPacketWriter writer;
  private final NalPacketizer nals;
  private final HevcConfig config;

  /**
   * @throws kg.sakchy.core.error.VmsException if the format's {@code hvcC} is malformed
   */
  public H265Packetizer(TrackFormat.Video format, RtpPacketWriter writer) {
    this.writer = writer;
    this.nals = new NalPacketizer(writer, new H265Framing());
    this.config = HevcConfig.decode(format.config());
  }

  @Override
  public void packetize(long pts, byte[] sample, Consumer<ByteBuffer> out) {
    nals.packetize(pts, sample, out);
  }

  @Override
  public int nextSequence() {
    return writer.nextSequence();
  }

  /** With {@code sprop-vps}, {@code sprop-sps} and {@code sprop-pps} (RFC 7798 §7.1). */
  @Override
  public MediaDescription describe(String control) {
    return MediaDescription.ofTrack(
        "video",
        new RtpMap(writer.payloadType(), "H265", VideoParameters.CLOCK_RATE, 1),
        "sprop-vps="
            + base64(config.vps())
            + ";sprop-sps="
            + base64(config.sps())
            + ";sprop-pps="
            + base64(config.pps()),
        control);
  }

  private static String base64(List<Bytes> sets) {
    return sets.stream()
        .map(set -> Base64.getEncoder().encodeToString(set.toByteArray()))
        .collect(Collectors.joining(","));
  }
}
