package kg.sakchy.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order; names compare without case (RFC 2326 §4.2).
 *
 * <p>Mutable while a message is put together, then left alone: a message owns its headers. Threads:
 * confined to one.
 */
public final class RtspHeaders {
  private final List<Field> fields = new ArrayList<>();

  /**
   * One field.
   *
   * @param name in the sender's spelling
   * @param value without the spaces around it
   */
  public record Field(String name, String value) {}

  /** Adds a field behind the others, even if there is one of that name; returns this. */
  public RtspHeaders add(String name, String value) {
    fields.add(new Field(checked(name), checked(value)));
    return this;
  }

  /** Adds a field in place of all of that name; returns this. */
  public RtspHeaders set(String name, String value) {
    fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    return add(name, value);
  }

  /** A line break in a field would begin another one, or another message. */
  private static String checked(String text) {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line break in a header field");
    }
    return text;
  }

  /** Value of the first field of that name, or null. */
  public @Nullable String get(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  /**
   * Value of the first field of that name.
   *
   * @throws VmsException DATA_LOSS if there is none
   */
  public String require(String name) {
    String value = get(name);
    if (value == null) {
      throw new VmsException(ErrorKind.DATA_LOSS, "an RTSP message without " + name);
    }
    return value;
  }

  /** Values of all fields of that name, in their order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** A copy of all fields in their order. */
  public List<Field> fields() {
    return List.copyOf(fields);
  }

  /** The number in the CSeq field (§12.17), or -1 if it is missing or malformed. */
  public int cseq() {
    String value = get("CSeq");
    if (value == null || !value.strip().matches("\\d{1,9}")) {
      return -1;
    }
    return Integer.parseInt(value.strip());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RtspHeaders headers && fields.equals(headers.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** The fields, with credentials left out, for logs. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Field field : fields) {
      boolean secret = field.name().equalsIgnoreCase("Authorization");
      out.append(field.name()).append(": ").append(secret ? "***" : field.value()).append("; ");
    }
    return out.toString();
  }
}
