package kg.sakchy.gateway.webrtc.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message as it came (RFC 8489 §5):
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0 0|     message type          |      length of what follows   |
 * |                        0x2112A442                             |
 * |                  transaction id, 12 bytes                     |
 * |  attributes: type, length, value padded to 4 bytes            |
 * </pre>
 *
 * <p>Attributes behind MESSAGE-INTEGRITY are not covered by it and are ignored, but for
 * FINGERPRINT, which must be the last. Immutable.
 */
public final class StunMessage {
  public static final int BINDING_REQUEST = 0x0001;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;

  static final int HEADER_BYTES = 20;
  static final int ATTRIBUTE_HEADER = 4;
  static final int MAGIC_COOKIE = 0x2112_A442;
  static final int TRANSACTION_BYTES = 12;
  private static final int TRANSACTION_OFFSET = 8;
  private static final int MAX_ATTRIBUTES = 32;

  private final byte[] bytes;
  private final List<Place> attributes;
  private final int integrityAt;
  private final int fingerprintAt;

  /** Where a value stands. */
  private record Place(int type, int offset, int length) {}

  private StunMessage(byte[] bytes, List<Place> attributes, int integrityAt, int fingerprintAt) {
    this.bytes = bytes;
    this.attributes = attributes;
    this.integrityAt = integrityAt;
    this.fingerprintAt = fingerprintAt;
  }

  /**
   * Reads a message that is the whole datagram.
   *
   * @param datagram kept, not copied: the caller leaves it alone
   * @return empty when it is no well-formed STUN message
   */
  public static Optional<StunMessage> parse(byte[] datagram) {
    ByteBuffer in = ByteBuffer.wrap(datagram);
    if (datagram.length < HEADER_BYTES
        || (datagram[0] & 0xc0) != 0
        || in.getInt(4) != MAGIC_COOKIE
        || (in.getShort(2) & 0xffff) != datagram.length - HEADER_BYTES
        || datagram.length % 4 != 0) {
      return Optional.empty();
    }
    List<Place> places = new ArrayList<>();
    int integrity = -1;
    int fingerprint = -1;
    int at = HEADER_BYTES;
    while (at < datagram.length) {
      int type = in.getShort(at) & 0xffff;
      int length = in.getShort(at + 2) & 0xffff;
      int value = at + ATTRIBUTE_HEADER;
      int next = value + (length + 3) / 4 * 4;
      if (next > datagram.length || fingerprint >= 0 || places.size() == MAX_ATTRIBUTES) {
        return Optional.empty();
      }
      if (type == StunAttribute.FINGERPRINT) {
        if (length != StunIntegrity.FINGERPRINT_BYTES) {
          return Optional.empty();
        }
        fingerprint = at;
      } else if (integrity < 0) {
        if (type == StunAttribute.MESSAGE_INTEGRITY) {
          if (length != StunIntegrity.INTEGRITY_BYTES) {
            return Optional.empty();
          }
          integrity = at;
        }
        places.add(new Place(type, value, length));
      }
      at = next;
    }
    return Optional.of(new StunMessage(datagram, List.copyOf(places), integrity, fingerprint));
  }

  /** Class and method, as {@link #BINDING_REQUEST}. */
  public int type() {
    return ByteBuffer.wrap(bytes).getShort(0) & 0xffff;
  }

  /** The 12 bytes that an answer repeats. */
  byte[] transactionId() {
    return Arrays.copyOfRange(bytes, TRANSACTION_OFFSET, TRANSACTION_OFFSET + TRANSACTION_BYTES);
  }

  /** Whether an attribute is there. */
  public boolean has(int attribute) {
    return place(attribute) != null;
  }

  /** An attribute as text, or null. */
  public @Nullable String text(int attribute) {
    Place place = place(attribute);
    return place == null
        ? null
        : new String(bytes, place.offset(), place.length(), StandardCharsets.UTF_8);
  }

  /** Attributes that may not be ignored and that nobody here knows (RFC 8489 §6.3.1). */
  public List<Integer> unknown() {
    return attributes.stream()
        .map(Place::type)
        .filter(type -> StunAttribute.mustBeUnderstood(type) && !StunAttribute.isKnown(type))
        .distinct()
        .toList();
  }

  private @Nullable Place place(int attribute) {
    for (Place place : attributes) {
      if (place.type() == attribute) {
        return place;
      }
    }
    return null;
  }

  /** Whether it has a MESSAGE-INTEGRITY made with this password. Takes the same time for any. */
  public boolean isSealedWith(String password) {
    if (integrityAt < 0) {
      return false;
    }
    int value = integrityAt + ATTRIBUTE_HEADER;
    return MessageDigest.isEqual(
        StunIntegrity.hmac(bytes, integrityAt, password),
        Arrays.copyOfRange(bytes, value, value + StunIntegrity.INTEGRITY_BYTES));
  }

  /** Whether it has a FINGERPRINT and it is right, as every check of ICE must. */
  public boolean hasFingerprint() {
    return fingerprintAt >= 0
        && ByteBuffer.wrap(bytes).getInt(fingerprintAt + ATTRIBUTE_HEADER)
            == StunIntegrity.fingerprint(bytes, fingerprintAt);
  }
}
