package kg.sakchy.gateway.webrtc.ice;

import java.net.InetSocketAddress;
import kg.sakchy.gateway.webrtc.stun.StunAttribute;
import kg.sakchy.gateway.webrtc.stun.StunMessage;
import kg.sakchy.gateway.webrtc.stun.StunWriter;

/**
 * Judges the connectivity checks of one session as a lite, and so always controlled, agent does
 * (RFC 8445 §7.3). A check that is not sealed with our password gets no answer at all: whoever sent
 * it does not know of the session.
 *
 * <p>Threads: immutable.
 */
public final class IceLite {
  private final IceCredentials local;
  private final String remoteUfrag;

  public IceLite(IceCredentials local, String remoteUfrag) {
    this.local = local;
    this.remoteUfrag = remoteUfrag;
  }

  /** What became of a check. */
  public sealed interface Verdict {
    /** Not of this session; nothing is sent. */
    record Ignored() implements Verdict {}

    /** From the peer, but not to be followed; {@code response} says why. */
    @SuppressWarnings("ArrayRecordComponent") // a datagram on its way out, never compared
    record Refused(byte[] response) implements Verdict {}

    /**
     * A valid check.
     *
     * @param response to send back the way it came
     * @param nominated whether the peer chose this path
     */
    @SuppressWarnings("ArrayRecordComponent") // a datagram on its way out, never compared
    record Accepted(byte[] response, boolean nominated) implements Verdict {}
  }

  /**
   * The local name in the USERNAME of a check, which is {@code ours:theirs} (RFC 8445 §7.2.2);
   * empty if there is none.
   */
  public static String addressee(StunMessage check) {
    String username = check.text(StunAttribute.USERNAME);
    int colon = username == null ? -1 : username.indexOf(':');
    return username == null || colon < 0 ? "" : username.substring(0, colon);
  }

  /**
   * Judges a message.
   *
   * @param source where it came from
   */
  public Verdict judge(StunMessage check, InetSocketAddress source) {
    if (check.type() != StunMessage.BINDING_REQUEST
        || !check.hasFingerprint()
        || !(local.ufrag() + ":" + remoteUfrag).equals(check.text(StunAttribute.USERNAME))
        || !check.isSealedWith(local.password())) {
      return new Verdict.Ignored();
    }
    String password = local.password();
    if (check.has(StunAttribute.ICE_CONTROLLED)) {
      return new Verdict.Refused(StunWriter.error(check, 487, "Role Conflict", password));
    }
    if (!check.unknown().isEmpty()) {
      return new Verdict.Refused(StunWriter.unknownAttributes(check, check.unknown(), password));
    }
    if (!check.has(StunAttribute.PRIORITY)) {
      return new Verdict.Refused(StunWriter.error(check, 400, "Bad Request", password));
    }
    return new Verdict.Accepted(
        StunWriter.success(check, source, password), check.has(StunAttribute.USE_CANDIDATE));
  }
}
