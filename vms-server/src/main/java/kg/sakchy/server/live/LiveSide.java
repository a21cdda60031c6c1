package kg.sakchy.server.live;

import java.nio.file.Path;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.view.ViewedStreams;
import kg.sakchy.web.WebPorts;

/**
 * What viewers of live pictures need.
 *
 * <p>Threads: opened by one thread; the parts it hands out are safe for many.
 */
public final class LiveSide {
  private final ViewedStreams views;
  private final MediaTokens tokens;

  private LiveSide(ViewedStreams views, MediaTokens tokens) {
    this.views = views;
    this.tokens = tokens;
  }

  /**
   * Puts the parts together.
   *
   * @param dataDir where the key of media addresses is kept
   */
  public static LiveSide open(
      CameraDirectory cameras, LiveStreams streams, Path dataDir, VmsClock clock) {
    return new LiveSide(
        new ViewedStreams(cameras, streams),
        new MediaTokens(SigningKey.in(dataDir.resolve("media-token.key")), clock));
  }

  /** What the web server shows of it. */
  public WebPorts.Live ports() {
    return new WebPorts.Live(views, tokens);
  }
}
