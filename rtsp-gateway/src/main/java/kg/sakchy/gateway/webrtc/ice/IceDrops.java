package kg.sakchy.gateway.webrtc.ice;

/** Counts what came to the port and was thrown away. Threads: called on event loops. */
public interface IceDrops {
  /** Why nothing was done with it. */
  enum Reason {
    /** Longer or shorter than any packet of WebRTC. */
    SIZE,
    /** No check of a session that exists, sealed with its password. */
    FOREIGN_CHECK,
    /** From an address no session's peer was checked at. */
    FOREIGN_ADDRESS,
    /** More connections, or more addresses for a session, than are allowed. */
    TOO_MANY
  }

  void dropped(Reason reason);
}
