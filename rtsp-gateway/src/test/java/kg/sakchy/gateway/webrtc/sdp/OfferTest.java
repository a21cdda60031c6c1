package kg.sakchy.gateway.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.gateway.webrtc.dtls.DtlsIdentity;
import kg.sakchy.gateway.webrtc.ice.IceCredentials;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferTest {
  private static final TrackFormat.Audio ALAW =
      new TrackFormat.Audio(Codec.G711_ALAW, 8_000, Bytes.EMPTY, 1, "alaw");
  private static final TrackFormat.Audio AAC =
      new TrackFormat.Audio(Codec.AAC, 16_000, Bytes.EMPTY, 1, "mp4a.40.2");

  /** The profiles Chromium lists, in its order, with mode 1 and mode 0. */
  private static final String CHROMIUM =
      SampleOffer.h264(102, "42001f", 1)
          + SampleOffer.h264(104, "42001f", 0)
          + SampleOffer.h264(106, "42e01f", 1)
          + SampleOffer.h264(108, "42e01f", 0)
          + SampleOffer.h264(127, "4d001f", 1)
          + SampleOffer.h264(39, "f4001f", 1);

  private static final String CHROMIUM_TYPES = "102 104 106 108 127 39";

  private static Offer chromium() {
    return Offer.parse(SampleOffer.text(CHROMIUM_TYPES, CHROMIUM));
  }

  @ParameterizedTest
  @CsvSource({
    "42c01e, 106",
    "42001e, 102",
    "4d401f, 127",
    "640028, 127",
    "64001f, 127",
    "f4001f, 39",
  })
  void theProfileOfTheCameraIsMatched(String camera, int payloadType) {
    ChosenTrack chosen = chromium().video(camera).orElseThrow();
    assertThat(chosen.map().payloadType()).isEqualTo(payloadType);
    assertThat(chosen.fmtp()).contains("packetization-mode=1").endsWith(camera.substring(4));
  }

  @Test
  void aProfileNobodyDecodesByChanceIsNotSent() {
    assertThat(chromium().video("7a0028")).as("High 4:2:2").isEmpty();
  }

  @Test
  void singleNalUnitModeIsNotUsed() {
    Offer offer = Offer.parse(SampleOffer.text("108", SampleOffer.h264(108, "42e01f", 0)));
    assertThat(offer.video("42c01e")).isEmpty();
  }

  @Test
  void soundIsSentAsItIsOrNotAtAll() {
    assertThat(chromium().audio(ALAW).orElseThrow().map().payloadType()).isEqualTo(8);
    assertThat(chromium().audio(AAC)).isEmpty();
  }

  @Test
  void theAnswerHasTheSectionsOfTheOffer() {
    Offer offer = chromium();
    ChosenTrack video = offer.video("640028").orElseThrow();
    SecureRandom random = new SecureRandom();
    IceCredentials credentials = IceCredentials.random(random);
    DtlsIdentity identity = DtlsIdentity.generate(random, Instant.EPOCH);
    String text =
        new AnswerWriter(
                credentials,
                identity.fingerprint(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8189))
            .write(offer, List.of(new AnswerWriter.Sent(video, -2)), 7, "name");
    SessionDescription answer = SessionDescription.parse(text);
    assertThat(answer.attribute("ice-lite")).isEmpty();
    assertThat(answer.attribute("group")).isEqualTo("BUNDLE 0");
    MediaDescription pictures = answer.media().getFirst();
    assertThat(pictures.payloadTypes()).containsExactly(127);
    assertThat(pictures.fmtp()).containsEntry("profile-level-id", "4d0028");
    assertThat(pictures.attribute("setup")).isEqualTo("passive");
    assertThat(pictures.attribute("sendonly")).isNotNull();
    assertThat(pictures.attribute("ice-pwd")).isEqualTo(credentials.password());
    assertThat(pictures.attribute("fingerprint")).isEqualTo(identity.fingerprint().format());
    assertThat(pictures.attribute("ssrc")).isEqualTo("4294967294 cname:name");
    assertThat(text)
        .contains("a=candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host\r\n")
        .contains("a=candidate:2 1 tcp 1671430143 127.0.0.1 8189 typ host tcptype passive\r\n");
    MediaDescription sound = answer.media().get(1);
    assertThat(sound.port()).isZero();
    assertThat(sound.attribute("inactive")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "a=ice-ufrag:abcd, '', INVALID_ARGUMENT",
    "a=fingerprint:sha-256, a=fingerprint:sha-1, INVALID_ARGUMENT",
    "a=mid:0, a=mid:1, INVALID_ARGUMENT",
    "a=mid:0, '', INVALID_ARGUMENT",
    "a=group:BUNDLE 0 1, a=group:BUNDLE 0, UNSUPPORTED",
    "a=setup:actpass, a=setup:passive, UNSUPPORTED",
    "t=0 0, a=ice-lite, UNSUPPORTED",
    "m=video 9, m=application 9, UNSUPPORTED",
    "v=0, v=1, INVALID_ARGUMENT",
  })
  void whatCannotBeAnsweredIsRefused(String from, String to, ErrorKind kind) {
    String text = SampleOffer.text(CHROMIUM_TYPES, CHROMIUM).replace(from, to);
    assertThatThrownBy(() -> Offer.parse(text))
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void sectionsNobodyWatchesGetNothing() {
    String text = SampleOffer.text(CHROMIUM_TYPES, CHROMIUM).replace("a=recvonly", "a=sendonly");
    assertThat(Offer.parse(text).video("42e01f")).isEmpty();
  }
}
