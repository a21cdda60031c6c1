package kg.sakchy.gateway.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.media.rtp.RtpPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 3711 appendix B, RFC 7714 §16, libsrtp's reference packet; and round trips. */
class SrtpVectorsTest {
  private static final SrtpMaster MASTER =
      new SrtpMaster(hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  /** RFC 3711 §B.3. */
  @Test
  void sessionKeysAreThoseOfTheRfc() {
    assertThat(hex(KeyDerivation.derive(MASTER, KeyDerivation.RTP_CIPHER, 16)))
        .isEqualTo("C61E7A93744F39EE10734AFE3FF7A087");
    assertThat(hex(KeyDerivation.derive(MASTER, KeyDerivation.RTP_SALT, 14)))
        .isEqualTo("30CBBC08863D8C85D49DB34A9AE1");
    assertThat(hex(KeyDerivation.derive(MASTER, KeyDerivation.RTP_AUTHENTICATION, 94)))
        .isEqualTo(
            "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCE"
                + "E049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC25"
                + "6D6E919A48B610EF17C2041E474035766B68642C59BBFC2F34DB60DBDFB2");
  }

  /** RFC 3711 §B.2: the key stream, as the encryption of zeros. */
  @Test
  void theKeyStreamIsThatOfTheRfc() throws GeneralSecurityException {
    CounterModeCipher cipher =
        new CounterModeCipher(
            hex("2B7E151628AED2A6ABF7158809CF4F3C"),
            new byte[CounterModeCipher.AUTH_KEY_BYTES],
            hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
    byte[] packet = new byte[48 + 10];
    cipher.protect(packet, 0, 48, 0, 0, 0);
    assertThat(hex(Arrays.copyOf(packet, 48)))
        .isEqualTo(
            "E03EAD0935C95E80E166B16DD92B4EB4"
                + "D23513162B02D0F72A43A2FE4A5F97AB"
                + "41E95B3BB0A2E8DD477901E4FCA894C0");
  }

  /** The packet by which libsrtp checks itself. */
  @Test
  void aWholePacketIsThatOfTheReference() {
    byte[] sent =
        new SrtpSender(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER)
            .protect(
                ByteBuffer.wrap(
                    hex("800F1234DECAFBADCAFEBABE" + "ABABABABABABABABABABABABABABABAB")));
    assertThat(hex(sent))
        .isEqualTo(
            "800F1234DECAFBADCAFEBABE"
                + "4E55DC4CE79978D88CA4D215949D2402"
                + "B78D6ACC99EA179B8DBB");
  }

  /** RFC 7714 §16.1.1; its key and salt are a session's. */
  @Test
  void galoisCounterModeIsThatOfTheRfc() throws GeneralSecurityException {
    GaloisCipher cipher =
        new GaloisCipher(
            hex("000102030405060708090A0B0C0D0E0F"), hex("517569642070726F2071756F"), false);
    byte[] plain =
        hex(
            "8040F17B 8041F8D3 5501A0B2 47616C6C 69612065 7374206F 6D6E6973 20646976 69736120"
                + " 696E2070 61727465 73207472 6573");
    byte[] packet = Arrays.copyOf(plain, plain.length + 16);
    cipher.protect(packet, 12, plain.length, 0x5501a0b2, 0xf17b, 0);
    assertThat(hex(packet))
        .isEqualTo(
            "8040F17B8041F8D35501A0B2F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A"
                + "51C7D19B36DE3ADF8833899D7F27BEB16A9152CF765EE4390CCE");
    assertThat(cipher.unprotect(packet, 12, plain.length, 0x5501a0b2, 0xf17b, 0)).isTrue();
    assertThat(Arrays.copyOf(packet, plain.length)).isEqualTo(plain);
  }

  private static ByteBuffer rtp(int sequence) {
    ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + 100);
    RtpPacket.writeHeader(packet, false, 96, sequence, 1234, 0x5eed);
    return packet.rewind();
  }

  private static SrtpMaster master(SrtpProfile profile) {
    byte[] material = new byte[profile.materialBytes()];
    for (int i = 0; i < material.length; i++) {
      material[i] = (byte) (7 * i);
    }
    return SrtpMaster.ofServer(profile, material);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void theIndexGoesOnWhenSequenceNumbersWrap(SrtpProfile profile) throws GeneralSecurityException {
    SrtpSender sender = new SrtpSender(profile, master(profile));
    PacketCipher opener = PacketCipher.forRtp(profile, master(profile));
    for (long index = 65_530; index < 65_540; index++) {
      byte[] sent = sender.protect(rtp((int) (index & 0xffff)));
      int size = sent.length - profile.tagBytes();
      assertThat(opener.unprotect(sent, 12, size, 0x5eed, index, (int) (index >>> 16)))
          .as("index %d", index)
          .isTrue();
      assertThat(Arrays.copyOf(sent, size)).isEqualTo(rtp((int) (index & 0xffff)).array());
    }
  }

  @Test
  void aNumberThatDoesNotRiseIsRefused() {
    SrtpSender sender = new SrtpSender(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER);
    sender.protect(rtp(10));
    assertThatThrownBy(() -> sender.protect(rtp(10))).isInstanceOf(VmsException.class);
    assertThatThrownBy(() -> sender.protect(rtp(9))).isInstanceOf(VmsException.class);
  }

  private static ByteBuffer rtcp() {
    return ByteBuffer.wrap(hex("80C90001 00005EED 81CE0002 00005EED 0BADCAFE"));
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void reportsArriveOnce(SrtpProfile profile) {
    SrtcpSender sender = new SrtcpSender(profile, master(profile));
    SrtcpReceiver receiver = new SrtcpReceiver(profile, master(profile));
    byte[] first = sender.protect(rtcp());
    byte[] second = sender.protect(rtcp());
    assertThat(first).isNotEqualTo(second);
    assertThat(receiver.unprotect(second.clone())).contains(rtcp());
    assertThat(receiver.unprotect(first.clone())).as("out of order").contains(rtcp());
    assertThat(receiver.unprotect(first.clone())).as("again").isEmpty();
    assertThat(receiver.unprotect(second.clone())).as("again").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void everyChangedBitIsNoticed(SrtpProfile profile) {
    byte[] sent = new SrtcpSender(profile, master(profile)).protect(rtcp());
    for (int i = 0; i < sent.length; i++) {
      byte[] changed = sent.clone();
      changed[i] ^= 1;
      Optional<ByteBuffer> opened = new SrtcpReceiver(profile, master(profile)).unprotect(changed);
      assertThat(opened).as("byte %d", i).isEmpty();
    }
    for (int size = 0; size < sent.length; size++) {
      byte[] shorter = Arrays.copyOf(sent, size);
      assertThat(new SrtcpReceiver(profile, master(profile)).unprotect(shorter)).isEmpty();
    }
  }

  @Test
  void whatIsOlderThanTheWindowIsThrownAway() {
    ReplayWindow window = new ReplayWindow();
    window.seen(1_000);
    assertThat(window.isNew(1_000)).isFalse();
    assertThat(window.isNew(1_001 - ReplayWindow.SIZE)).isTrue();
    assertThat(window.isNew(1_000 - ReplayWindow.SIZE)).isFalse();
    window.seen(990);
    assertThat(window.isNew(990)).isFalse();
    window.seen(1_000_000);
    assertThat(window.isNew(1_000)).isFalse();
    assertThat(window.isNew(999_999)).isTrue();
  }
}
