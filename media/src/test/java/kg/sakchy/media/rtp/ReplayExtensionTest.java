package kg.sakchy.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayExtensionTest {
  /** 2009-06-15T11:49:00.5Z. */
  private static final String NTP = "cde0b3ac80000000";

  private static final Instant TIME = Instant.parse("2009-06-15T11:49:00.5Z");

  private static @Nullable ReplayExtension read(String hex) {
    RtpPacket packet = new RtpPacket();
    String header = "90600001" + "00000e10" + "0000beef";
    assertThat(packet.parse(ByteBuffer.wrap(HexFormat.of().parseHex(header + hex)))).isTrue();
    return ReplayExtension.of(packet);
  }

  @ParameterizedTest
  @CsvSource({
    "00, false, false, false, false",
    "80, true, false, false, false",
    "40, false, true, false, false",
    "20, false, false, true, false",
    "10, false, false, false, true",
    "f0, true, true, true, true"
  })
  void readsAndWritesTimeAndFlags(
      String flags, boolean clean, boolean end, boolean discontinuity, boolean terminal) {
    ReplayExtension extension = new ReplayExtension(TIME, clean, end, discontinuity, terminal, 7);
    assertThat(read("abac0003" + NTP + flags + "070000" + "65")).isEqualTo(extension);

    ByteBuffer plain = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + 1);
    RtpPacket.writeHeader(plain, false, 96, 1, 0xe10, 0xbeef);
    ByteBuffer written = extension.insert(plain.put((byte) 0x65).flip());
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("90600001" + "00000e10" + "0000beef" + "abac0003" + NTP + flags + "07000065");
    assertThat(plain.position()).isZero();
  }

  @Test
  void wordsOfOtherExtensionsBehindItAreLeftAlone() {
    ReplayExtension extension = read("abac0005" + NTP + "80070000" + "ffd8000100112233" + "65");
    assertThat(extension).isEqualTo(new ReplayExtension(TIME, true, false, false, false, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "abac0002cde0b3ac80000000", // too short
    "abac0000",
    "bede0003cde0b3ac8000000080070000", // something else
    "abac0003000000000000000080070000" // no time
  })
  void whatIsNoneIsNone(String hex) {
    assertThat(read(hex + "65")).isNull();
  }
}
