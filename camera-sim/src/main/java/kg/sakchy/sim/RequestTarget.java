package kg.sakchy.sim;

/**
 * What the address in a request line names.
 *
 * @param base the address of the camera as the client wrote it, without track and query
 * @param camera its path, without slashes around it; empty for the server as a whole
 * @param track index of a track, or -1
 */
record RequestTarget(String base, String camera, int track) {
  /** Begins the control of each track; its index follows. */
  static final String TRACK = "track";

  static RequestTarget parse(String uri) {
    String text = uri;
    int query = text.indexOf('?');
    if (query >= 0) {
      text = text.substring(0, query);
    }
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    int track = -1;
    int slash = text.lastIndexOf('/');
    if (slash >= 0 && text.substring(slash + 1).matches(TRACK + "\\d{1,2}")) {
      track = Integer.parseInt(text.substring(slash + 1 + TRACK.length()));
      text = text.substring(0, slash);
    }
    return new RequestTarget(text, path(text), track);
  }

  private static String path(String text) {
    int authority = text.indexOf("://");
    if (authority < 0) {
      return text.startsWith("/") ? text.substring(1) : "";
    }
    int path = text.indexOf('/', authority + 3);
    return path < 0 ? "" : text.substring(path + 1);
  }

  boolean isServer() {
    return camera.isEmpty();
  }
}
