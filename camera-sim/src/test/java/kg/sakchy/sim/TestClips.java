package kg.sakchy.sim;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The committed clips. */
public final class TestClips {
  private TestClips() {}

  public static Path scene() {
    return file("scene-320x180.mp4");
  }

  public static Path largerScene() {
    return file("scene-480x272.mp4");
  }

  public static Path h265() {
    return file("scene-h265.mp4");
  }

  private static Path file(String name) {
    URL url = TestClips.class.getResource("/clips/" + name);
    if (url == null) {
      throw new IllegalStateException(name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
