package kg.sakchy.media.rtsp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the address in a request line names on a server of ours.
 *
 * <p>Tolerated: a slash at the end, and a track behind the query, where some clients put it.
 *
 * @param base the address as the client wrote it, without track and query
 * @param path the path in it, without slashes around it; empty for the server as a whole
 * @param track index of a track, or -1
 * @param token value of the query's {@code token}, or null
 */
public record RequestTarget(String base, String path, int track, @Nullable String token) {
  /** Begins the control of each track; its index follows. */
  public static final String TRACK = "track";

  private static final String TOKEN = "token=";

  /** Reads an address, absolute or not. Never fails. */
  public static RequestTarget parse(String uri) {
    int question = uri.indexOf('?');
    String text = withoutSlashes(question < 0 ? uri : uri.substring(0, question));
    String query = question < 0 ? "" : withoutSlashes(uri.substring(question + 1));
    int track = track(text);
    if (track >= 0) {
      text = withoutSlashes(text.substring(0, text.lastIndexOf('/')));
    } else if (track(query) >= 0) {
      track = track(query);
      query = withoutSlashes(query.substring(0, query.lastIndexOf('/')));
    }
    return new RequestTarget(text, path(text), track, token(query));
  }

  private static String withoutSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  /** Number of the track that a text ends with, or -1. */
  private static int track(String text) {
    String last = text.substring(text.lastIndexOf('/') + 1);
    return last.length() < text.length() && last.matches(TRACK + "\\d{1,2}")
        ? Integer.parseInt(last.substring(TRACK.length()))
        : -1;
  }

  private static String path(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int authority = lower.startsWith("rtsp://") ? 7 : lower.startsWith("rtsps://") ? 8 : -1;
    if (authority < 0) {
      return text.startsWith("/") ? text.substring(1) : "";
    }
    int slash = text.indexOf('/', authority);
    return slash < 0 ? "" : text.substring(slash + 1);
  }

  private static @Nullable String token(String query) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(TOKEN)) {
        return part.substring(TOKEN.length());
      }
    }
    return null;
  }

  /** Whether it names the server as a whole. */
  public boolean isServer() {
    return path.isEmpty();
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return base + (track < 0 ? "" : "/" + TRACK + track);
  }
}
