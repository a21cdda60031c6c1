package kg.sakchy.media.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.aac.AacDepacketizer;
import kg.sakchy.media.codec.h264.H264Framing;
import kg.sakchy.media.codec.h264.H264Inspector;
import kg.sakchy.media.codec.h265.H265Framing;
import kg.sakchy.media.codec.h265.H265Inspector;
import kg.sakchy.media.codec.jpeg.JpegDepacketizer;
import kg.sakchy.media.codec.onvifmeta.MetadataDepacketizer;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;
import org.jspecify.annotations.Nullable;

/** Chooses the depacketizer of a track. Threads: pure functions. */
public final class Depacketizers {
  /** {@code a=x-dimensions:2592,1944} and {@code a=framesize:26 2592-1944}. */
  private static final Pattern SIZE = Pattern.compile("(?:[0-9]+ )?([0-9]{1,5})[,-]([0-9]{1,5})");

  private Depacketizers() {}

  /**
   * What a section of a session description carries, by its first payload type; empty if that is no
   * codec of ours.
   */
  public static Optional<Codec> codecOf(MediaDescription media) {
    return media.isRtp() ? media.rtpmap().flatMap(Depacketizers::codecOf) : Optional.empty();
  }

  private static Optional<Codec> codecOf(RtpMap map) {
    return switch (map.encoding().toUpperCase(Locale.ROOT)) {
      case "H264" -> Optional.of(Codec.H264);
      case "H265", "HEVC" -> Optional.of(Codec.H265);
      case "JPEG" -> Optional.of(Codec.MJPEG);
      case "MPEG4-GENERIC" -> Optional.of(Codec.AAC);
      case "PCMA" -> Optional.of(Codec.G711_ALAW);
      case "PCMU" -> Optional.of(Codec.G711_ULAW);
      case "OPUS" -> Optional.of(Codec.OPUS);
      case "VND.ONVIF.METADATA" -> Optional.of(Codec.ONVIF_METADATA);
      default -> Optional.empty();
    };
  }

  /**
   * A new depacketizer for a section of a session description.
   *
   * @return empty if the codec, or the way it is packed, is not supported
   */
  public static Optional<Depacketizer> create(MediaDescription media) {
    Optional<Codec> codec = codecOf(media);
    if (codec.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(create(codec.get(), media.rtpmap().orElseThrow(), media));
    } catch (VmsException malformedOrUnsupported) {
      return Optional.empty();
    }
  }

  private static Depacketizer create(Codec codec, RtpMap map, MediaDescription media) {
    FormatParameters parameters = FormatParameters.of(media);
    if (codec.kind() == Codec.Kind.VIDEO && map.clockRate() != VideoParameters.CLOCK_RATE) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "video on a clock of " + map.clockRate());
    }
    return switch (codec) {
      case H264 ->
          new NalDepacketizer(
              new H264Framing(), new H264Inspector(), parameters.nals("sprop-parameter-sets"));
      case H265 -> h265(parameters);
      case MJPEG -> jpeg(media);
      case AAC ->
          new AacDepacketizer(
              FormatReader.aac(map, parameters), FormatReader.aacLayout(parameters));
      case G711_ALAW, G711_ULAW -> new PacketPerSampleDepacketizer(FormatReader.g711(map, codec));
      case OPUS -> new PacketPerSampleDepacketizer(FormatReader.opus(map, parameters));
      case ONVIF_METADATA -> new MetadataDepacketizer(FormatReader.metadata(map));
    };
  }

  private static Depacketizer h265(FormatParameters parameters) {
    if (parameters.number("sprop-max-don-diff", 0) > 0) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "H.265 with decoding order numbers");
    }
    List<Bytes> sets = new ArrayList<>(parameters.nals("sprop-vps"));
    sets.addAll(parameters.nals("sprop-sps"));
    sets.addAll(parameters.nals("sprop-pps"));
    return new NalDepacketizer(new H265Framing(), new H265Inspector(), sets);
  }

  private static Depacketizer jpeg(MediaDescription media) {
    @Nullable String dimensions = media.attribute("x-dimensions");
    @Nullable String size = dimensions == null ? media.attribute("framesize") : dimensions;
    Matcher matcher = SIZE.matcher(size == null ? "" : size.strip());
    return matcher.matches()
        ? new JpegDepacketizer(
            Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new JpegDepacketizer(0, 0);
  }
}
