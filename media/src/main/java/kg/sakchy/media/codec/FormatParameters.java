package kg.sakchy.media.codec;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.sdp.MediaDescription;

/**
 * Typed reading of {@code a=fmtp} parameters. What a camera wrote wrongly counts as absent.
 *
 * <p>Threads: immutable.
 *
 * @param values keys in lower case
 */
record FormatParameters(Map<String, String> values) {
  static FormatParameters of(MediaDescription media) {
    return new FormatParameters(media.fmtp());
  }

  String text(String key) {
    return values.getOrDefault(key, "");
  }

  /** A decimal number of up to 9 digits, or {@code otherwise}. */
  int number(String key, int otherwise) {
    String value = text(key);
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : otherwise;
  }

  Optional<Bytes> hex(String key) {
    String value = text(key);
    boolean valid = !value.isEmpty() && value.length() % 2 == 0 && value.matches("[0-9a-fA-F]+");
    return valid ? Optional.of(Bytes.copyOf(HexFormat.of().parseHex(value))) : Optional.empty();
  }

  /**
   * NAL units in Base64, separated by commas (RFC 6184 §8.1, RFC 7798 §7.1). Tolerated: a start
   * code before a unit, several units in one value with start codes between, missing padding.
   */
  List<Bytes> nals(String key) {
    List<Bytes> nals = new ArrayList<>();
    for (String part : text(key).split(",", -1)) {
      nals.addAll(NalUnits.splitByteStream(base64(part.strip())));
    }
    return nals;
  }

  /** The decoded bytes, none if it is not Base64: the camera will send the set in-band. */
  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
