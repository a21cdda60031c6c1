package kg.sakchy.gateway.webrtc.ice;

import java.util.Optional;
import kg.sakchy.gateway.webrtc.stun.StunMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the packets of the port: checks are answered here, the rest goes to the session it belongs
 * to (RFC 7983). Strangers get no byte back.
 *
 * <p>Threads: safe for use by many threads.
 */
final class PacketDemux {
  /** No packet here is longer: DTLS and RTCP of peers fit an Ethernet frame. */
  static final int MAX_PACKET_BYTES = 2048;

  private static final int MAX_STUN_FIRST_BYTE = 3;

  private final IceSessions sessions;
  private final IceDrops drops;

  PacketDemux(IceSessions sessions, IceDrops drops) {
    this.sessions = sessions;
    this.drops = drops;
  }

  /**
   * Takes a datagram.
   *
   * @param packet kept
   */
  void datagram(IcePath path, byte[] packet) {
    if (isStun(packet)) {
      String ufrag = check(path, packet);
      if (ufrag != null && !sessions.remember(ufrag, path.remote())) {
        drops.dropped(IceDrops.Reason.TOO_MANY);
      }
      return;
    }
    pass(sessions.at(path.remote()), path, packet);
  }

  /**
   * Takes a packet of a connection.
   *
   * @param known the session the connection belongs to, or null before its first check
   * @return the session it belongs to now, or null
   */
  @Nullable IceSession framed(IcePath path, byte[] packet, @Nullable IceSession known) {
    if (isStun(packet)) {
      String ufrag = check(path, packet);
      return ufrag == null ? known : sessions.named(ufrag);
    }
    pass(known, path, packet);
    return known;
  }

  private static boolean isStun(byte[] packet) {
    return packet.length > 0 && (packet[0] & 0xff) <= MAX_STUN_FIRST_BYTE;
  }

  private void pass(@Nullable IceSession session, IcePath path, byte[] packet) {
    if (session == null) {
      drops.dropped(IceDrops.Reason.FOREIGN_ADDRESS);
    } else {
      session.received(path, packet);
    }
  }

  /** Answers a check; the name of its session if it was valid, else null. */
  private @Nullable String check(IcePath path, byte[] packet) {
    Optional<StunMessage> message = StunMessage.parse(packet);
    String ufrag = message.map(IceLite::addressee).orElse("");
    IceSession session = sessions.named(ufrag);
    IceLite.Verdict verdict =
        session == null || message.isEmpty()
            ? new IceLite.Verdict.Ignored()
            : session.agent().judge(message.get(), path.remote());
    return switch (verdict) {
      case IceLite.Verdict.Ignored ignored -> {
        drops.dropped(IceDrops.Reason.FOREIGN_CHECK);
        yield null;
      }
      case IceLite.Verdict.Refused refused -> {
        path.send(refused.response());
        yield null;
      }
      case IceLite.Verdict.Accepted accepted -> {
        path.send(accepted.response());
        if (session != null) {
          session.checked(path, accepted.nominated());
        }
        yield ufrag;
      }
    };
  }
}
