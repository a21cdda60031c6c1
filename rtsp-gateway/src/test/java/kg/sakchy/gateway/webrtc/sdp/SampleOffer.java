package kg.sakchy.gateway.webrtc.sdp;

/** Offers as browsers make them. */
public final class SampleOffer {
  private static final String FINGERPRINT =
      "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF";

  private SampleOffer() {}

  /** One H.264 payload type. */
  public static String h264(int payloadType, String profile, int mode) {
    return ("a=rtpmap:%d H264/90000\r\na=rtcp-fb:%d nack pli\r\n"
            + "a=fmtp:%d level-asymmetry-allowed=1;packetization-mode=%d;profile-level-id=%s\r\n")
        .formatted(payloadType, payloadType, payloadType, mode, profile);
  }

  /** A section of pictures and one of sound. */
  public static String text(String types, String video) {
    return text("abcd", FINGERPRINT, types, video);
  }

  /** The same of a peer with a name and a certificate. */
  public static String text(String ufrag, String fingerprint, String types, String video) {
    String common =
        "c=IN IP4 0.0.0.0\r\na=ice-ufrag:"
            + ufrag
            + "\r\na=ice-pwd:0123456789012345678901\r\na=ice-options:trickle\r\n"
            + "a=fingerprint:sha-256 "
            + fingerprint
            + "\r\na=setup:actpass\r\na=recvonly\r\na=rtcp-mux\r\n"
            + "a=candidate:1 1 udp 2113937151 0a1b2c3d-0000-4000-8000-000000000000.local 50000 typ"
            + " host\r\n";
    return "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"
        + "m=video 9 UDP/TLS/RTP/SAVPF "
        + types
        + "\r\na=mid:0\r\n"
        + common
        + video
        + "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8\r\na=mid:1\r\n"
        + common
        + "a=rtpmap:111 opus/48000/2\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n";
  }
}
