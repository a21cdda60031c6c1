package kg.sakchy.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** Collects the lines of one description. Threads: confined to one, used once. */
final class SessionDescriptionParser {
  private String origin = "";
  private String name = "";
  private @Nullable String connection;
  private final List<SdpAttribute> attributes = new ArrayList<>();
  private final List<MediaDescription> media = new ArrayList<>();
  private @Nullable Section section;

  SessionDescription parse(String text) {
    text.lines().forEach(this::line);
    closeSection();
    return new SessionDescription(origin, name, connection, attributes, media);
  }

  private void line(String line) {
    if (line.length() < 2 || line.charAt(1) != '=') {
      return;
    }
    String value = line.substring(2).strip();
    switch (line.charAt(0)) {
      case 'o' -> origin = value;
      case 's' -> name = value;
      case 'c' -> connection(value);
      case 'a' -> attribute(value);
      case 'm' -> media(value);
      default -> {
        // v, i, u, e, p, b, t, r, z, k: nothing in them matters here
      }
    }
  }

  private void connection(String value) {
    if (section == null) {
      connection = value;
    } else {
      section.connection = value;
    }
  }

  private void attribute(String value) {
    List<SdpAttribute> target = section == null ? attributes : section.attributes;
    checkEntries(target);
    int colon = value.indexOf(':');
    target.add(
        colon < 0
            ? new SdpAttribute(value, "")
            : new SdpAttribute(
                value.substring(0, colon).strip(), value.substring(colon + 1).strip()));
  }

  private void media(String value) {
    closeSection();
    checkEntries(media);
    String[] fields = value.split("\\s+", -1);
    String port = fields.length < 2 ? "" : fields[1].split("/", -1)[0];
    section =
        new Section(
            fields[0].toLowerCase(Locale.ROOT),
            Math.max(0, SdpText.number(port, 65_535)),
            fields.length < 3 ? "" : fields[2]);
    for (int i = 3; i < fields.length && i < 3 + SessionDescription.MAX_ENTRIES; i++) {
      int payloadType = SdpText.number(fields[i], 127);
      if (payloadType >= 0) {
        section.payloadTypes.add(payloadType);
      }
    }
  }

  private static void checkEntries(List<?> entries) {
    if (entries.size() >= SessionDescription.MAX_ENTRIES) {
      throw new VmsException(
          ErrorKind.DATA_LOSS,
          "a session description with over " + SessionDescription.MAX_ENTRIES + " entries");
    }
  }

  private void closeSection() {
    if (section != null) {
      media.add(section.build());
      section = null;
    }
  }

  /** The section being read. */
  private static final class Section {
    private final String type;
    private final int port;
    private final String protocol;
    private final List<Integer> payloadTypes = new ArrayList<>();
    private final List<SdpAttribute> attributes = new ArrayList<>();
    private @Nullable String connection;

    Section(String type, int port, String protocol) {
      this.type = type;
      this.port = port;
      this.protocol = protocol;
    }

    MediaDescription build() {
      return new MediaDescription(type, port, protocol, payloadTypes, connection, attributes);
    }
  }
}
