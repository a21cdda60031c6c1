package kg.sakchy.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NalUnitsTest {
  @Test
  void samplesAreSplitByTheirLengthsAndEmptyUnitsSkipped() {
    assertThat(NalUnits.split(hex("00000002 0910 00000000 00000003 65aabb")))
        .isEqualTo(List.of(bytes("0910"), bytes("65aabb")));
    assertThat(NalUnits.split(new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "000000", "0000000265", "7fffffff6500", "ffffffff65", "8000000065"})
  void aLengthThatLeadsOutOfTheSampleIsDataLoss(String sample) {
    assertThatThrownBy(() -> NalUnits.split(hex(sample))).isInstanceOf(VmsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0000000167aa0000000168bb, 67aa 68bb",
    "00000167aa00000168bb0000, 67aa 68bb",
    "67aa00000168bb, 67aa 68bb",
    "6701000168, 6701000168",
    "000001, ''",
    "00000100000165, 65",
  })
  void byteStreamsAreSplitAtStartCodes(String stream, String nals) {
    List<Bytes> expected =
        nals.isEmpty()
            ? List.of()
            : List.of(nals.split(" ", -1)).stream().map(NalUnitsTest::bytes).toList();
    assertThat(NalUnits.splitByteStream(hex(stream))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "6700000301, 67000001",
    "67000003000003, 6700000000",
    "670003, 670003",
    "6700000003, 67000000",
    "67000003, 670000",
  })
  void emulationPreventionIsTakenOut(String nal, String rbsp) {
    byte[] data = hex("ff" + nal + "ff");
    assertThat(NalUnits.rbsp(data, 1, data.length - 2)).isEqualTo(hex(rbsp));
  }

  private static Bytes bytes(String hex) {
    return Bytes.copyOf(hex(hex));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
