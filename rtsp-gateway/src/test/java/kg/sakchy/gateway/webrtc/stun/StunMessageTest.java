package kg.sakchy.gateway.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of RFC 5769, and our own answers read back. */
class StunMessageTest {
  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  /** RFC 5769 §2.1. */
  private static final byte[] REQUEST =
      hex(
          "000100582112a442b7e7a701bc34d686fa87dfae"
              + "802200105354554e207465737420636c69656e74"
              + "002400046e0001ff"
              + "80290008932ff9b151263b36"
              + "000600096576746a3a68367659202020"
              + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
              + "80280004e57a3bcf");

  /** RFC 5769 §2.2. */
  private static final byte[] RESPONSE_IPV4 =
      hex(
          "0101003c2112a442b7e7a701bc34d686fa87dfae"
              + "8022000b7465737420766563746f7220"
              + "002000080001a147e112a643"
              + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
              + "80280004c07d4c96");

  /** RFC 5769 §2.3. */
  private static final byte[] RESPONSE_IPV6 =
      hex(
          "010100482112a442b7e7a701bc34d686fa87dfae"
              + "8022000b7465737420766563746f7220"
              + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
              + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
              + "80280004c8fb0b4c");

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static StunMessage read(byte[] bytes) {
    return StunMessage.parse(bytes).orElseThrow();
  }

  @Test
  void theRequestOfTheRfcIsSealedWithItsPasswordOnly() {
    StunMessage request = read(REQUEST);
    assertThat(request.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(request.text(StunAttribute.USERNAME)).isEqualTo("evtj:h6vY");
    assertThat(request.has(StunAttribute.PRIORITY)).isTrue();
    assertThat(request.has(StunAttribute.ICE_CONTROLLED)).isTrue();
    assertThat(request.unknown()).isEmpty();
    assertThat(request.isSealedWith(PASSWORD)).isTrue();
    assertThat(request.isSealedWith(PASSWORD + "x")).isFalse();
    assertThat(request.hasFingerprint()).isTrue();
  }

  @Test
  void theResponsesOfTheRfcAreSealed() {
    for (byte[] bytes : new byte[][] {RESPONSE_IPV4, RESPONSE_IPV6}) {
      StunMessage response = read(bytes);
      assertThat(response.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
      assertThat(response.isSealedWith(PASSWORD)).isTrue();
      assertThat(response.hasFingerprint()).isTrue();
    }
  }

  @Test
  void everyChangedBitBreaksTheSeals() {
    for (int i = 0; i < REQUEST.length; i++) {
      byte[] changed = REQUEST.clone();
      changed[i] ^= 0x10;
      boolean valid =
          StunMessage.parse(changed)
              .filter(m -> m.isSealedWith(PASSWORD) && m.hasFingerprint())
              .isPresent();
      assertThat(valid).as("byte %d", i).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 002000080001a147e112a643",
    "2001:db8:1234:5678:11:2233:4455:6677," + " 002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
  })
  void theMappedAddressIsWrittenAsTheRfcDoes(String address, String attribute) {
    byte[] answer =
        StunWriter.success(read(REQUEST), new InetSocketAddress(address, 32_853), PASSWORD);
    assertThat(HexFormat.of().formatHex(answer)).contains(attribute);
    StunMessage read = read(answer);
    assertThat(read.transactionId()).isEqualTo(read(REQUEST).transactionId());
    assertThat(read.isSealedWith(PASSWORD)).isTrue();
    assertThat(read.hasFingerprint()).isTrue();
    assertThat(answer.length).as("no longer than what it answers").isLessThan(REQUEST.length);
  }

  @Test
  void anErrorSaysItsCode() {
    byte[] answer = StunWriter.error(read(REQUEST), 487, "Role Conflict", PASSWORD);
    assertThat(read(answer).type()).isEqualTo(StunMessage.BINDING_ERROR);
    assertThat(HexFormat.of().formatHex(answer))
        .contains(
            "00090011"
                + "00000457"
                + HexFormat.of()
                    .formatHex(
                        "Role Conflict".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    assertThat(read(answer).isSealedWith(PASSWORD)).isTrue();
  }

  @Test
  void whatIsNoMessageIsNotRead() {
    assertThat(StunMessage.parse(new byte[0])).isEmpty();
    assertThat(StunMessage.parse(new byte[20])).as("no cookie").isEmpty();
    assertThat(StunMessage.parse(Arrays.copyOf(REQUEST, REQUEST.length - 4))).isEmpty();
    assertThat(StunMessage.parse(Arrays.copyOf(REQUEST, REQUEST.length + 4))).isEmpty();
    byte[] tooLong = REQUEST.clone();
    tooLong[23] = 0x7f; // the length of its first attribute
    assertThat(StunMessage.parse(tooLong)).isEmpty();
  }

  @Test
  void whatFollowsTheSealIsIgnored() {
    byte[] more = Arrays.copyOf(REQUEST, REQUEST.length);
    // USE-CANDIDATE of 4 padded bytes instead of the fingerprint
    System.arraycopy(hex("0025000400000000"), 0, more, more.length - 8, 8);
    StunMessage message = read(more);
    assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
    assertThat(message.hasFingerprint()).isFalse();
  }
}
