package kg.sakchy.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayStampTest {
  /** 2009-06-15T11:49:00.5Z. */
  private static final String NTP = "cde0b3ac80000000";

  private static @Nullable ReplayStamp stamp(String hex) {
    RtpPacket packet = new RtpPacket();
    String header = "90600001" + "00000e10" + "0000beef";
    assertThat(packet.parse(ByteBuffer.wrap(HexFormat.of().parseHex(header + hex)))).isTrue();
    return ReplayStamp.of(packet);
  }

  @ParameterizedTest
  @CsvSource({
    "00, false, false, false",
    "80, false, false, false",
    "40, true, false, false",
    "20, false, true, false",
    "10, false, false, true",
    "f5, true, true, true"
  })
  void readsTimeAndFlags(String flags, boolean end, boolean discontinuity, boolean terminal) {
    assertThat(stamp("abac0003" + NTP + flags + "070000" + "65"))
        .isEqualTo(
            new ReplayStamp(Instant.parse("2009-06-15T11:49:00.5Z"), end, discontinuity, terminal));
  }

  @Test
  void wordsOfOtherExtensionsBehindItAreLeftAlone() {
    ReplayStamp stamp = stamp("abac0005" + NTP + "80070000" + "ffd8000100112233" + "65");
    assertThat(stamp).isNotNull().extracting(ReplayStamp::terminal).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({
    "abac0002cde0b3ac80000000", // too short
    "abac0000",
    "bede0003cde0b3ac8000000080070000", // something else
    "abac0003000000000000000080070000" // no time
  })
  void whatIsNotAStampIsNone(String hex) {
    assertThat(stamp(hex + "65")).isNull();
  }

  @Test
  void noBytesMakeItFail() {
    Random random = new Random(7);
    RtpPacket packet = new RtpPacket();
    ReplayTimes times = new ReplayTimes(90_000);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(48)];
      random.nextBytes(bytes);
      if (bytes.length > 15) {
        bytes[0] = (byte) 0x90;
        bytes[12] = (byte) 0xAB;
        bytes[13] = (byte) 0xAC;
        bytes[14] = 0;
        bytes[15] = (byte) random.nextInt(6);
      }
      if (packet.parse(ByteBuffer.wrap(bytes))) {
        times.packet(packet, random.nextLong());
        times.at(random.nextLong());
      }
    }
    assertThat(times.isKnown()).isTrue();
  }
}
