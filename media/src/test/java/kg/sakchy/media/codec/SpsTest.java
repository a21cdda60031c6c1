package kg.sakchy.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.h264.AvcConfig;
import kg.sakchy.media.codec.h264.H264Sps;
import kg.sakchy.media.codec.h265.H265Sps;
import kg.sakchy.media.codec.h265.HevcConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Parameter sets of libx264 and libx265 in many settings, against ffprobe's reading of them. */
class SpsTest {
  private static final String TABLE = "/kg/sakchy/media/codec/golden/sps.csv";

  @ParameterizedTest
  @CsvFileSource(resources = TABLE)
  void saysWhatFfprobeSays(
      String codec,
      String hex,
      int width,
      int height,
      int reorderDepth,
      String pixelFormat,
      String rate) {
    if (codec.equals("h264")) {
      H264Sps sps = H264Sps.parse(bytes(hex));
      assertThat(sps.width() + "x" + sps.height()).isEqualTo(width + "x" + height);
      assertThat(sps.reorderDepth()).isEqualTo(reorderDepth);
      assertThat(layout(sps.chromaFormat(), sps.bitDepthLuma())).isEqualTo(layout(pixelFormat));
      assertThat(VideoParameters.frameTicks(2 * sps.unitsInTick(), sps.timeScale()))
          .isEqualTo(frameTicks(rate));
    } else {
      H265Sps sps = H265Sps.parse(bytes(hex));
      assertThat(sps.width() + "x" + sps.height()).isEqualTo(width + "x" + height);
      assertThat(sps.reorderDepth()).isEqualTo(reorderDepth);
      assertThat(layout(sps.chromaFormat(), sps.bitDepthLuma())).isEqualTo(layout(pixelFormat));
      assertThat(VideoParameters.frameTicks(sps.unitsInTick(), sps.timeScale()))
          .isEqualTo(frameTicks(rate));
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = TABLE)
  void cutOffOrDamagedIsASizeOrDataLossAndNothingElse(String codec, String hex) {
    byte[] whole = HexFormat.of().parseHex(hex);
    Random random = new Random(hex.hashCode());
    for (int round = 0; round < 2_000; round++) {
      byte[] data = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        Bytes nal = Bytes.copyOf(data);
        int width = codec.equals("h264") ? H264Sps.parse(nal).width() : H265Sps.parse(nal).width();
        assertThat(width).isBetween(1, 16_888);
      } catch (VmsException expected) {
        assertThat(expected.kind()).isEqualTo(ErrorKind.DATA_LOSS);
      }
    }
  }

  @Test
  void usabilityInformationThatEndsEarlyKeepsTheSize() {
    H264Sps sps = H264Sps.parse(bytes("6764000aacd94626c0440000"));
    assertThat(sps.width()).isEqualTo(96);
    assertThat(sps.height()).isEqualTo(64);
    assertThat(sps.reorderDepth()).isZero();
  }

  @Test
  void otherNalUnitsAreNoParameterSets() {
    assertThatThrownBy(() -> H264Sps.parse(bytes("68ebe192c8b0"))).isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> H265Sps.parse(bytes("4401c172b42240")))
        .isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> H264Sps.parse(Bytes.EMPTY)).isInstanceOf(VmsException.class);
  }

  @Test
  void malformedConfigurationsAreErrorsOfOurs() {
    Random random = new Random(3);
    for (String name : new String[] {"ffmpeg-h264-slices", "ffmpeg-h265-cra"}) {
      byte[] whole = Golden.config(name).toByteArray();
      for (int round = 0; round < 5_000; round++) {
        byte[] data = Arrays.copyOf(whole, random.nextInt(whole.length));
        if (data.length > 0) {
          data[random.nextInt(Math.min(64, data.length))] = (byte) random.nextInt();
        }
        try {
          if (name.contains("h264")) {
            AvcConfig.decode(Bytes.copyOf(data));
          } else {
            HevcConfig.decode(Bytes.copyOf(data));
          }
        } catch (VmsException expected) {
          assertThat(expected.kind()).isIn(ErrorKind.DATA_LOSS, ErrorKind.UNSUPPORTED);
        }
      }
    }
  }

  @Test
  void timeBasesThatMakeNoSenseAreNone() {
    assertThat(VideoParameters.frameTicks(0, 50)).isZero();
    assertThat(VideoParameters.frameTicks(1, 0)).isZero();
    assertThat(VideoParameters.frameTicks(4_000_000_000L, 1)).isZero();
    assertThat(VideoParameters.frameTicks(1_001, 30_000)).isEqualTo(3_003);
  }

  private static String layout(int chromaFormat, int bitDepth) {
    return chromaFormat + "/" + bitDepth;
  }

  /** {@code yuv422p10le} is chroma format 2 at 10 bits. */
  private static String layout(String pixelFormat) {
    int chroma = pixelFormat.contains("444") ? 3 : pixelFormat.contains("422") ? 2 : 1;
    return layout(
        pixelFormat.startsWith("gray") ? 0 : chroma, pixelFormat.endsWith("10le") ? 10 : 8);
  }

  private static long frameTicks(String rate) {
    String[] parts = rate.split("/", -1);
    return 90_000 * Long.parseLong(parts[1]) / Long.parseLong(parts[0]);
  }

  private static Bytes bytes(String hex) {
    return Bytes.copyOf(HexFormat.of().parseHex(hex));
  }
}
