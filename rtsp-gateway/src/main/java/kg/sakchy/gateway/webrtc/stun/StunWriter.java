package kg.sakchy.gateway.webrtc.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes answers to Binding requests, sealed with the password of the request (RFC 8445 §7.3): none
 * is longer than a request that a check of ICE must be.
 *
 * <p>Threads: used once by one; the static methods are pure functions.
 */
public final class StunWriter {
  private static final int MAX_BYTES = 256;
  private static final int FAMILY_IPV4 = 1;
  private static final int FAMILY_IPV6 = 2;

  private final ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);

  private StunWriter(int type, byte[] transactionId) {
    out.putShort((short) type).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
    out.put(transactionId);
  }

  /**
   * A success response.
   *
   * @param source where the request came from, resolved
   * @param password the request was sealed with
   */
  public static byte[] success(StunMessage request, InetSocketAddress source, String password) {
    byte[] transaction = request.transactionId();
    return new StunWriter(StunMessage.BINDING_SUCCESS, transaction)
        .mappedAddress(source, transaction)
        .seal(password);
  }

  /** An error response (RFC 8489 §6.3.1). */
  public static byte[] error(StunMessage request, int code, String reason, String password) {
    return new StunWriter(StunMessage.BINDING_ERROR, request.transactionId())
        .errorCode(code, reason)
        .seal(password);
  }

  /** An error response that names what was not understood. */
  public static byte[] unknownAttributes(
      StunMessage request, List<Integer> unknown, String password) {
    StunWriter writer =
        new StunWriter(StunMessage.BINDING_ERROR, request.transactionId())
            .errorCode(420, "Unknown Attribute");
    ByteBuffer types = ByteBuffer.allocate(2 * unknown.size());
    unknown.forEach(type -> types.putShort(type.shortValue()));
    return writer.attribute(StunAttribute.UNKNOWN_ATTRIBUTES, types.array()).seal(password);
  }

  /** RFC 8489 §14.2: the address, covered so that no router rewrites it. */
  private StunWriter mappedAddress(InetSocketAddress source, byte[] transaction) {
    byte[] address = source.getAddress().getAddress();
    ByteBuffer mask =
        ByteBuffer.allocate(4 + StunMessage.TRANSACTION_BYTES)
            .putInt(StunMessage.MAGIC_COOKIE)
            .put(transaction);
    for (int i = 0; i < address.length; i++) {
      address[i] ^= mask.get(i);
    }
    ByteBuffer value = ByteBuffer.allocate(4 + address.length);
    value.putShort((short) (address.length == 4 ? FAMILY_IPV4 : FAMILY_IPV6));
    value.putShort((short) (source.getPort() ^ StunMessage.MAGIC_COOKIE >>> 16));
    return attribute(StunAttribute.XOR_MAPPED_ADDRESS, value.put(address).array());
  }

  private StunWriter errorCode(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer value = ByteBuffer.allocate(4 + text.length);
    value.putShort((short) 0).put((byte) (code / 100)).put((byte) (code % 100)).put(text);
    return attribute(StunAttribute.ERROR_CODE, value.array());
  }

  private StunWriter attribute(int type, byte[] value) {
    out.putShort((short) type).putShort((short) value.length).put(value);
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
    return this;
  }

  private byte[] seal(String password) {
    int end = out.position();
    attribute(StunAttribute.MESSAGE_INTEGRITY, StunIntegrity.hmac(out.array(), end, password));
    end = out.position();
    int fingerprint = StunIntegrity.fingerprint(out.array(), end);
    attribute(
        StunAttribute.FINGERPRINT,
        ByteBuffer.allocate(StunIntegrity.FINGERPRINT_BYTES).putInt(fingerprint).array());
    out.putShort(2, (short) (out.position() - StunMessage.HEADER_BYTES));
    return Arrays.copyOf(out.array(), out.position());
  }
}
