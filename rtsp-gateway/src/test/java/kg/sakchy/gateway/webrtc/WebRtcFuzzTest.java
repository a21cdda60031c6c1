package kg.sakchy.gateway.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.webrtc.ice.IceCredentials;
import kg.sakchy.gateway.webrtc.ice.IceLite;
import kg.sakchy.gateway.webrtc.sdp.Offer;
import kg.sakchy.gateway.webrtc.srtp.SrtcpReceiver;
import kg.sakchy.gateway.webrtc.srtp.SrtpMaster;
import kg.sakchy.gateway.webrtc.srtp.SrtpProfile;
import kg.sakchy.gateway.webrtc.stun.StunMessage;

/** Whatever comes from the network, it is read or refused, and never breaks anything. */
class WebRtcFuzzTest {
  private static final IceLite AGENT =
      new IceLite(new IceCredentials("evtj", "VOkJxbRl1RmTxUk/WvJxBt"), "h6vY");

  @FuzzTest
  void check(byte[] datagram) {
    Optional<StunMessage> message = StunMessage.parse(datagram);
    message.ifPresent(
        read -> {
          IceLite.Verdict verdict = AGENT.judge(read, new InetSocketAddress("192.0.2.1", 32_853));
          if (verdict instanceof IceLite.Verdict.Accepted accepted) {
            assertThat(accepted.response().length)
                .as("no amplification")
                .isLessThanOrEqualTo(datagram.length);
          }
          assertThat(IceLite.addressee(read)).doesNotContain(":");
        });
  }

  @FuzzTest
  void offer(byte[] text) {
    try {
      Offer offer = Offer.parse(new String(text, StandardCharsets.UTF_8));
      offer
          .video("42e01f")
          .ifPresent(track -> assertThat(offer.sections()).contains(track.section()));
      assertThat(offer.ufrag()).isNotEmpty();
    } catch (VmsException e) {
      assertThat(e.kind()).isIn(ErrorKind.INVALID_ARGUMENT, ErrorKind.UNSUPPORTED);
    }
  }

  @FuzzTest
  void feedback(byte[] packet) {
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpMaster master = SrtpMaster.ofClient(profile, new byte[profile.materialBytes()]);
      assertThat(new SrtcpReceiver(profile, master).unprotect(packet.clone())).isEmpty();
    }
  }
}
