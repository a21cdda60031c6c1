package kg.sakchy.gateway.webrtc.ice;

/**
 * A session as the port sees it.
 *
 * <p>Threads: called on the port's event loop; must not block.
 */
public interface IceSession {
  /** Judges the checks that name this session. */
  IceLite agent();

  /**
   * The peer proved that it is there, and that it may be sent to on this path.
   *
   * @param nominated whether the peer chose this path
   */
  void checked(IcePath path, boolean nominated);

  /**
   * A packet that is not STUN came on a path that was checked before.
   *
   * @param packet the receiver's
   */
  void received(IcePath path, byte[] packet);
}
