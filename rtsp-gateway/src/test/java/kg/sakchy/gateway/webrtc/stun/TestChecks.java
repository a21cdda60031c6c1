package kg.sakchy.gateway.webrtc.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** Checks as a full agent sends them (RFC 8445 §7.2.2). */
public final class TestChecks {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TestChecks() {}

  /** A request with everything it must have. */
  public static byte[] request(String username, String password, boolean nominate) {
    return request(username, password, nominate, false);
  }

  /**
   * A request.
   *
   * @param controlled of an agent that wrongly thinks we lead
   */
  public static byte[] request(
      String username, String password, boolean nominate, boolean controlled) {
    ByteBuffer out = ByteBuffer.allocate(512);
    byte[] transaction = new byte[12];
    RANDOM.nextBytes(transaction);
    out.putShort((short) StunMessage.BINDING_REQUEST).putShort((short) 0);
    out.putInt(StunMessage.MAGIC_COOKIE).put(transaction);
    put(out, StunAttribute.USERNAME, username.getBytes(StandardCharsets.UTF_8));
    put(out, StunAttribute.PRIORITY, new byte[] {0x6e, 0, 1, (byte) 0xff});
    put(out, controlled ? StunAttribute.ICE_CONTROLLED : 0x802a, new byte[8]);
    if (nominate) {
      put(out, StunAttribute.USE_CANDIDATE, new byte[0]);
    }
    put(
        out,
        StunAttribute.MESSAGE_INTEGRITY,
        StunIntegrity.hmac(out.array(), out.position(), password));
    int fingerprint = StunIntegrity.fingerprint(out.array(), out.position());
    put(out, StunAttribute.FINGERPRINT, ByteBuffer.allocate(4).putInt(fingerprint).array());
    out.putShort(2, (short) (out.position() - StunMessage.HEADER_BYTES));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void put(ByteBuffer out, int type, byte[] value) {
    out.putShort((short) type).putShort((short) value.length).put(value);
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
  }
}
