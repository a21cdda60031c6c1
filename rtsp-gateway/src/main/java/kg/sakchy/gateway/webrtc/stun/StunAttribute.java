package kg.sakchy.gateway.webrtc.stun;

/** Attribute types of RFC 8489 §18.3 and RFC 8445 §16.1 that are read or written here. */
public final class StunAttribute {
  public static final int USERNAME = 0x0006;
  public static final int MESSAGE_INTEGRITY = 0x0008;
  public static final int ERROR_CODE = 0x0009;
  public static final int UNKNOWN_ATTRIBUTES = 0x000A;
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  public static final int PRIORITY = 0x0024;
  public static final int USE_CANDIDATE = 0x0025;
  public static final int FINGERPRINT = 0x8028;
  public static final int ICE_CONTROLLED = 0x8029;

  /** Types from here on may be ignored by who does not know them (RFC 8489 §14). */
  private static final int OPTIONAL = 0x8000;

  private StunAttribute() {}

  /** Whether a request with this attribute must be refused when its meaning is not known. */
  static boolean mustBeUnderstood(int type) {
    return type < OPTIONAL;
  }

  static boolean isKnown(int type) {
    return switch (type) {
      case USERNAME, MESSAGE_INTEGRITY, PRIORITY, USE_CANDIDATE -> true;
      default -> false;
    };
  }
}
