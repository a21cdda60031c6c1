package kg.sakchy.onvif.media;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import kg.sakchy.onvif.soap.XmlCursor;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder can be set to, for the encoding it has. Zero to {@link Integer#MAX_VALUE} where
 * the camera does not say.
 *
 * @param minGovLength frames
 * @param maxGovLength frames
 * @param minKbps 1000 bits per second
 * @param maxKbps 1000 bits per second
 * @param frameRates frames per second it can be set to; empty if any up to {@code maxFrameRate}
 * @param maxFrameRate frames per second
 */
public record EncoderOptions(
    int minGovLength,
    int maxGovLength,
    int minKbps,
    int maxKbps,
    List<Double> frameRates,
    double maxFrameRate) {
  static final EncoderOptions ANY =
      new EncoderOptions(0, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, List.of(), 1_000);

  public EncoderOptions {
    frameRates = List.copyOf(frameRates);
  }

  /** The nearest possible values; zero stays zero. */
  public VideoEncoder apply(VideoEncoder encoder, double fps, int kbps, int govLength) {
    return encoder.with(
        fps <= 0 ? 0 : nearestRate(fps),
        kbps <= 0 ? 0 : Math.clamp(kbps, minKbps, maxKbps),
        govLength <= 0 ? 0 : Math.clamp(govLength, minGovLength, maxGovLength));
  }

  private double nearestRate(double wanted) {
    return frameRates.stream()
        .min(Comparator.comparingDouble(rate -> Math.abs(rate - wanted)))
        .orElse(Math.min(wanted, maxFrameRate));
  }

  /** Reads the options of either service for one encoding. */
  static EncoderOptions read(XmlCursor response, String codec) {
    return new Reader(codec).read(response);
  }

  /** Threads: confined to one, used once. */
  private static final class Reader {
    private final String codec;
    private int[] gov = {0, Integer.MAX_VALUE};
    private int[] kbps = {0, Integer.MAX_VALUE};
    private int[] fps = {0, 1_000};
    private List<Double> rates = List.of();

    Reader(String codec) {
      this.codec = codec;
    }

    EncoderOptions read(XmlCursor response) {
      for (XmlCursor options : response.children()) {
        if (options.name().equals("Options")) {
          options(options);
        }
      }
      return new EncoderOptions(gov[0], gov[1], kbps[0], kbps[1], rates, fps[1]);
    }

    /** Media2 has an Options element an encoding, Media1 one with an element an encoding. */
    private void options(XmlCursor options) {
      String govRange = options.attribute("GovLengthRange");
      String supported = options.attribute("FrameRatesSupported");
      int[] bitrate = kbps;
      boolean mine = false;
      for (XmlCursor part : options.children()) {
        switch (part.name()) {
          case "Encoding" -> mine = part.text().equalsIgnoreCase(codec);
          case "BitrateRange" -> bitrate = range(part, bitrate);
          case "H264", "H265" -> media1(part);
          case "Extension" -> {
            for (XmlCursor inner : part.children()) {
              media1(inner);
            }
          }
          default -> {
            // resolutions and qualities are left as they are
          }
        }
      }
      if (mine) {
        kbps = bitrate;
        List<Double> ends = numbers(govRange);
        gov = ends.size() == 2 ? new int[] {ends.get(0).intValue(), ends.get(1).intValue()} : gov;
        rates = numbers(supported);
      }
    }

    private void media1(XmlCursor encoding) {
      if (!encoding.name().equals(codec)) {
        return;
      }
      for (XmlCursor part : encoding.children()) {
        switch (part.name()) {
          case "GovLengthRange" -> gov = range(part, gov);
          case "FrameRateRange" -> fps = range(part, fps);
          case "BitrateRange" -> kbps = range(part, kbps);
          default -> {
            // resolutions, intervals and profiles are left as they are
          }
        }
      }
    }

    private static int[] range(XmlCursor range, int[] otherwise) {
      int min = otherwise[0];
      int max = otherwise[1];
      for (XmlCursor end : range.children()) {
        switch (end.name()) {
          case "Min" -> min = end.integer().orElse(min);
          case "Max" -> max = end.integer().orElse(max);
          default -> {
            // nothing else is defined
          }
        }
      }
      return min <= max ? new int[] {min, max} : otherwise;
    }

    private static List<Double> numbers(@Nullable String list) {
      return list == null
          ? List.of()
          : Arrays.stream(list.split("\\s+", 200))
              .map(XmlCursor::number)
              .filter(OptionalDouble::isPresent)
              .map(OptionalDouble::getAsDouble)
              .filter(value -> value >= 0)
              .toList();
    }
  }
}
