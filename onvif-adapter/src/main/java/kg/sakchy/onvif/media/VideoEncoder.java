package kg.sakchy.onvif.media;

import java.util.Locale;
import java.util.Set;
import kg.sakchy.onvif.soap.XmlCursor;
import kg.sakchy.onvif.soap.XmlFragment;

/**
 * A video encoder configuration, of Media1 (ONVIF Media §5.5) or Media2 (§5.2.3): the camera's
 * words, with the few that are not changed here kept as they came.
 *
 * @param token the camera's opaque name for it
 * @param name for people
 * @param useCount how many profiles use it
 * @param encoding as the camera writes it
 * @param width luma samples; 0 when unknown
 * @param height luma samples; 0 when unknown
 * @param quality in the camera's own scale
 * @param frameRateLimit frames per second before {@code encodingInterval}; 0 when unknown
 * @param encodingInterval only every so manieth frame is encoded, at least 1
 * @param bitrateLimit as the camera writes it, mostly kbit/s
 * @param constantBitRate Media2 only
 * @param govLength frames from key frame to key frame; 0 when unknown
 * @param encodingProfile {@code Main}, {@code High}...; empty when unknown
 * @param multicast the whole element, or empty
 * @param sessionTimeout Media1's, as the camera writes it, or empty
 */
public record VideoEncoder(
    String token,
    String name,
    int useCount,
    String encoding,
    int width,
    int height,
    double quality,
    double frameRateLimit,
    int encodingInterval,
    int bitrateLimit,
    boolean constantBitRate,
    int govLength,
    String encodingProfile,
    XmlFragment multicast,
    String sessionTimeout) {
  /** Beyond that the limit can only be in bits. */
  private static final int MAX_KBPS = 200_000;

  private static final Set<String> H264 = Set.of("H264", "AVC", "MPEG4AVC", "X264");
  private static final Set<String> H265 = Set.of("H265", "HEVC", "X265");

  /**
   * The codec in upper case without the spellings of makers: {@code H264}, {@code H265}, {@code
   * JPEG}; smart variants with a plus, {@code H265+}.
   */
  public String codec() {
    String upper = encoding.toUpperCase(Locale.ROOT);
    boolean smart = upper.contains("+") || upper.contains("SMART");
    String bare = upper.replace("SMART", "").replaceAll("[^A-Z0-9]", "");
    String codec = H264.contains(bare) ? "H264" : H265.contains(bare) ? "H265" : bare;
    return smart ? codec + "+" : codec;
  }

  /** Frames per second; 0 when unknown. */
  public double fps() {
    return frameRateLimit / encodingInterval;
  }

  /** Bit rate limit in 1000 bits per second; 0 when unknown. Some cameras write bits. */
  public int kbps() {
    return bitrateLimit > MAX_KBPS ? bitrateLimit / 1_000 : bitrateLimit;
  }

  /** The same with other limits; zero leaves a limit as it is. */
  public VideoEncoder with(double newFps, int newKbps, int newGovLength) {
    return new VideoEncoder(
        token,
        name,
        useCount,
        encoding,
        width,
        height,
        quality,
        newFps > 0 ? newFps * encodingInterval : frameRateLimit,
        encodingInterval,
        newKbps > 0 ? (bitrateLimit > MAX_KBPS ? newKbps * 1_000 : newKbps) : bitrateLimit,
        constantBitRate,
        newGovLength > 0 ? newGovLength : govLength,
        encodingProfile,
        multicast,
        sessionTimeout);
  }

  /** Reads a configuration of either shape. */
  static VideoEncoder read(XmlCursor configuration) {
    return new Reader().read(configuration);
  }

  /** Collects the fields in whatever order they come. Threads: confined to one, used once. */
  private static final class Reader {
    private String token = "";
    private String name = "";
    private int useCount;
    private String encoding = "";
    private int width;
    private int height;
    private double quality;
    private double frameRate;
    private int interval = 1;
    private int bitrate;
    private boolean constant;
    private int gov;
    private String profile = "";
    private XmlFragment multicast = XmlFragment.EMPTY;
    private String sessionTimeout = "";

    VideoEncoder read(XmlCursor configuration) {
      token = attribute(configuration, "token");
      profile = attribute(configuration, "Profile");
      gov = (int) XmlCursor.number(configuration.attribute("GovLength")).orElse(0);
      for (XmlCursor field : configuration.children()) {
        field(field);
      }
      return new VideoEncoder(
          token,
          name,
          useCount,
          encoding,
          width,
          height,
          quality,
          frameRate,
          interval,
          bitrate,
          constant,
          gov,
          profile,
          multicast,
          sessionTimeout);
    }

    private static String attribute(XmlCursor at, String name) {
      String value = at.attribute(name);
      return value == null ? "" : value;
    }

    private void field(XmlCursor field) {
      switch (field.name()) {
        case "Name" -> name = field.text();
        case "UseCount" -> useCount = field.integer().orElse(0);
        case "Encoding" -> encoding = field.text();
        case "Quality" -> quality = field.decimal().orElse(0);
        case "SessionTimeout" -> sessionTimeout = field.text();
        case "Multicast" -> multicast = field.raw();
        case "Resolution" -> resolution(field);
        case "RateControl" -> rate(field);
        case "H264", "H265", "MPEG4", "Extension" -> codec(field);
        default -> {
          // what makers add
        }
      }
    }

    private void resolution(XmlCursor resolution) {
      for (XmlCursor side : resolution.children()) {
        switch (side.name()) {
          case "Width" -> width = Math.max(0, side.integer().orElse(0));
          case "Height" -> height = Math.max(0, side.integer().orElse(0));
          default -> {
            // nothing else is defined
          }
        }
      }
    }

    private void rate(XmlCursor rate) {
      constant = XmlCursor.isTrue(rate.attribute("ConstantBitRate"));
      for (XmlCursor limit : rate.children()) {
        switch (limit.name()) {
          case "FrameRateLimit" -> frameRate = Math.max(0, limit.decimal().orElse(0));
          case "EncodingInterval" -> interval = Math.max(1, limit.integer().orElse(1));
          case "BitrateLimit" -> bitrate = Math.max(0, limit.integer().orElse(0));
          default -> {
            // nothing else is defined
          }
        }
      }
    }

    private void codec(XmlCursor codec) {
      for (XmlCursor detail : codec.children()) {
        switch (detail.name()) {
          case "GovLength" -> gov = detail.integer().orElse(gov);
          case "H264Profile", "H265Profile", "Mpeg4Profile" -> profile = detail.text();
          case "H264", "H265" -> codec(detail);
          default -> {
            // what makers add
          }
        }
      }
    }
  }
}
