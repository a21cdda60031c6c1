package kg.sakchy.onvif.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kg.sakchy.onvif.soap.XmlCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoEncoderTest {
  private static XmlCursor open(String xml) {
    return XmlCursor.open(xml.getBytes(StandardCharsets.UTF_8), null);
  }

  private static VideoEncoder encoder(String encoding, int bitrate) {
    return VideoEncoder.read(
        open(
            "<VideoEncoder token='t' GovLength='50'><Encoding>"
                + encoding
                + "</Encoding><RateControl><FrameRateLimit>30</FrameRateLimit><EncodingInterval>2"
                + "</EncodingInterval><BitrateLimit>"
                + bitrate
                + "</BitrateLimit></RateControl></VideoEncoder>"));
  }

  @ParameterizedTest
  @CsvSource({
    "H264, H264",
    "h.264, H264",
    "H265, H265",
    "H.265+, H265+",
    "SmartH265, H265+",
    "HEVC, H265",
    "JPEG, JPEG",
    "MPV4-ES, MPV4ES",
  })
  void spellingsOfCodecs(String written, String codec) {
    assertThat(encoder(written, 1).codec()).isEqualTo(codec);
  }

  @Test
  void bitRatesInBitsAreSeenAndKeptSo() {
    VideoEncoder encoder = encoder("H264", 4_096_000);
    assertThat(encoder.kbps()).isEqualTo(4096);
    assertThat(encoder.with(0, 2_000, 0).bitrateLimit()).isEqualTo(2_000_000);
    assertThat(encoder("H264", 4096).with(0, 2_000, 0).bitrateLimit()).isEqualTo(2_000);
  }

  @Test
  void theIntervalDividesTheFrameRate() {
    VideoEncoder encoder = encoder("H264", 1);
    assertThat(encoder.fps()).isEqualTo(15);
    assertThat(encoder.with(10, 0, 0).frameRateLimit()).isEqualTo(20);
  }

  @Test
  void optionsOfMedia2() {
    EncoderOptions options =
        EncoderOptions.read(
            open(
                "<r><Options GovLengthRange='1 100' FrameRatesSupported='25 12.5 5'><Encoding>H264"
                    + "</Encoding><BitrateRange><Min>64</Min><Max>8192</Max></BitrateRange></Options><Options"
                    + " GovLengthRange='1 400'><Encoding>H265</Encoding></Options></r>"),
            "H264");
    assertThat(options)
        .isEqualTo(new EncoderOptions(1, 100, 64, 8192, List.of(25.0, 12.5, 5.0), 1_000));
    VideoEncoder set = options.apply(encoder("H264", 1), 13, 10_000, 200);
    assertThat(set.fps()).isEqualTo(12.5);
    assertThat(set.kbps()).isEqualTo(8192);
    assertThat(set.govLength()).isEqualTo(100);
  }
}
