package kg.sakchy.media.sdp;

import java.net.URI;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A session description (RFC 8866).
 *
 * <p>Reading is tolerant, because cameras are not strict: lines may end with LF alone, unknown and
 * malformed lines are skipped, required lines may be missing, and text before the first line of the
 * form {@code x=} is ignored. Only sizes are limited.
 *
 * @param origin what follows {@code o=}, or empty
 * @param name what follows {@code s=}, or empty
 * @param connection what follows {@code c=} at session level, or null
 * @param attributes the {@code a=} lines at session level
 * @param media the sections in their order
 */
public record SessionDescription(
    String origin,
    String name,
    @Nullable String connection,
    List<SdpAttribute> attributes,
    List<MediaDescription> media) {
  /** Longest text that {@link #parse} takes. */
  public static final int MAX_CHARS = 65_536;

  /** Most media sections, and most attributes of a section, that {@link #parse} takes. */
  public static final int MAX_ENTRIES = 256;

  public SessionDescription {
    attributes = List.copyOf(attributes);
    media = List.copyOf(media);
  }

  /**
   * Reads a description.
   *
   * @throws VmsException DATA_LOSS if it is over {@link #MAX_CHARS} or {@link #MAX_ENTRIES}
   */
  public static SessionDescription parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "a session description of " + text.length() + " characters");
    }
    return new SessionDescriptionParser().parse(text);
  }

  /** Value of the first session attribute of that name (any case), or null. */
  public @Nullable String attribute(String attributeName) {
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equalsIgnoreCase(attributeName)) {
        return attribute.value();
      }
    }
    return null;
  }

  /**
   * Address for requests about the whole session (PLAY, TEARDOWN): the session's own {@code
   * a=control} where it has one, else {@code base}.
   *
   * @param base the answer's Content-Base or Content-Location, else the address asked for
   */
  public URI aggregateUri(URI base) {
    return ControlUris.resolve(base, attribute("control"));
  }

  /**
   * Address for SETUP of one track (RFC 2326 §C.1.1), resolved as cameras expect it rather than by
   * the letter: a relative address is appended to the base, query and all, after a slash if there
   * is none. An absolute one is taken as it is, but with the scheme, host and port of the base,
   * since a camera behind a translating router names itself by an address that leads nowhere. None
   * and {@code *} mean the base.
   *
   * @param base see {@link #aggregateUri}
   * @param track a section of this description
   */
  public URI controlUri(URI base, MediaDescription track) {
    return ControlUris.resolve(aggregateUri(base), track.control());
  }

  /** The text, with CR LF after each line. */
  public String format() {
    StringBuilder out = new StringBuilder(512);
    out.append("v=0\r\no=").append(origin.isEmpty() ? "- 0 0 IN IP4 0.0.0.0" : origin);
    out.append("\r\ns=").append(name.isEmpty() ? "-" : name).append("\r\n");
    if (connection != null) {
      out.append("c=").append(connection).append("\r\n");
    }
    out.append("t=0 0\r\n");
    attributes.forEach(a -> out.append("a=").append(a.format()).append("\r\n"));
    media.forEach(section -> section.format(out));
    return out.toString();
  }
}
