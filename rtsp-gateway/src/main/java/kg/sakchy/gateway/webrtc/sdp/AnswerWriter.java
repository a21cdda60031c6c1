package kg.sakchy.gateway.webrtc.sdp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import kg.sakchy.gateway.webrtc.dtls.Fingerprint;
import kg.sakchy.gateway.webrtc.ice.IceCredentials;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SdpAttribute;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers: one bundled connection, ICE-lite with all candidates there are, DTLS passive,
 * send only. Sections that get nothing are refused with port 0.
 *
 * <p>Threads: immutable.
 */
public final class AnswerWriter {
  /** Priorities of RFC 8445 §5.1.2.1: a host candidate by UDP, and one by TCP (RFC 6544 §4.2). */
  private static final long UDP_PRIORITY = 2_130_706_431L;

  private static final long TCP_PRIORITY = 1_671_430_143L;
  private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";
  private static final String NOWHERE = "IN IP4 0.0.0.0";
  private static final int DISCARD_PORT = 9;

  private final IceCredentials credentials;
  private final Fingerprint fingerprint;
  private final InetSocketAddress address;

  /**
   * @param credentials of our side
   * @param fingerprint of our certificate
   * @param address where the peer reaches us, by UDP and TCP
   */
  public AnswerWriter(
      IceCredentials credentials, Fingerprint fingerprint, InetSocketAddress address) {
    this.credentials = credentials;
    this.fingerprint = fingerprint;
    this.address = address;
  }

  /**
   * One track to send.
   *
   * @param track as chosen from the offer
   * @param ssrc of its packets
   */
  public record Sent(ChosenTrack track, int ssrc) {}

  /**
   * The answer.
   *
   * @param session a number for its {@code o=} line
   * @param cname of the sources, so that pictures and sound are played together
   */
  public String write(Offer offer, List<Sent> tracks, long session, String cname) {
    List<MediaDescription> sections = new ArrayList<>();
    for (MediaDescription offered : offer.sections()) {
      Sent sent = find(tracks, offered);
      sections.add(sent == null ? refused(offered) : accepted(sent, cname));
    }
    String bundle =
        tracks.stream().map(sent -> mid(sent.track().section())).collect(Collectors.joining(" "));
    return new SessionDescription(
            "- " + session + " 1 IN IP4 127.0.0.1",
            "-",
            null,
            List.of(
                new SdpAttribute("group", "BUNDLE " + bundle),
                new SdpAttribute("ice-lite", ""),
                new SdpAttribute("msid-semantic", "WMS " + cname)),
            sections)
        .format();
  }

  private static @Nullable Sent find(List<Sent> tracks, MediaDescription offered) {
    for (Sent sent : tracks) {
      if (mid(sent.track().section()).equals(mid(offered))) {
        return sent;
      }
    }
    return null;
  }

  private static String mid(MediaDescription section) {
    return Objects.requireNonNull(section.attribute("mid"), "checked when the offer was read");
  }

  private static MediaDescription refused(MediaDescription offered) {
    return new MediaDescription(
        offered.type(),
        0,
        PROTOCOL,
        offered.payloadTypes().subList(0, 1),
        NOWHERE,
        List.of(new SdpAttribute("mid", mid(offered)), new SdpAttribute("inactive", "")));
  }

  private MediaDescription accepted(Sent sent, String cname) {
    ChosenTrack track = sent.track();
    int payloadType = track.map().payloadType();
    String type = track.section().type();
    long ssrc = Integer.toUnsignedLong(sent.ssrc());
    List<SdpAttribute> out = new ArrayList<>();
    out.add(new SdpAttribute("mid", mid(track.section())));
    out.add(new SdpAttribute("ice-ufrag", credentials.ufrag()));
    out.add(new SdpAttribute("ice-pwd", credentials.password()));
    out.add(new SdpAttribute("fingerprint", fingerprint.format()));
    out.add(new SdpAttribute("setup", "passive"));
    out.add(new SdpAttribute("sendonly", ""));
    out.add(new SdpAttribute("rtcp-mux", ""));
    out.add(new SdpAttribute("rtpmap", track.map().format()));
    if (!track.fmtp().isEmpty()) {
      out.add(new SdpAttribute("fmtp", payloadType + " " + track.fmtp()));
    }
    if (type.equals("video")) {
      out.add(new SdpAttribute("rtcp-fb", payloadType + " nack"));
      out.add(new SdpAttribute("rtcp-fb", payloadType + " nack pli"));
      out.add(new SdpAttribute("rtcp-fb", payloadType + " ccm fir"));
    }
    out.add(new SdpAttribute("msid", cname + " " + type));
    out.add(new SdpAttribute("ssrc", ssrc + " cname:" + cname));
    String host = host();
    out.add(candidate(1, "udp", UDP_PRIORITY, host, ""));
    out.add(candidate(2, "tcp", TCP_PRIORITY, host, " tcptype passive"));
    out.add(new SdpAttribute("end-of-candidates", ""));
    return new MediaDescription(type, DISCARD_PORT, PROTOCOL, List.of(payloadType), NOWHERE, out);
  }

  private String host() {
    String text = address.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  private SdpAttribute candidate(
      int foundation, String transport, long priority, String host, String more) {
    return new SdpAttribute(
        "candidate",
        "%d 1 %s %d %s %d typ host%s"
            .formatted(foundation, transport, priority, host, address.getPort(), more));
  }
}
