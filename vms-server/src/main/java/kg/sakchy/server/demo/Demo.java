package kg.sakchy.server.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.HttpConfig;
import kg.sakchy.core.config.RecordingConfig;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.ffmpeg.SceneOptions;
import kg.sakchy.server.VmsServer;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.SimFaults;
import kg.sakchy.sim.SimMedia;
import kg.sakchy.sim.SimOptions;
import kg.sakchy.sim.SimServer;

/**
 * A server that records simulated cameras: two streets drawn live with a running clock, and a
 * junction in H.265.
 *
 * <p>Threads: started and closed by the thread of the command.
 */
public final class Demo implements AutoCloseable {
  private final SimServer cameras;
  private final VmsServer server;

  private Demo(SimServer cameras, VmsServer server) {
    this.cameras = cameras;
    this.server = server;
  }

  /**
   * Starts server and cameras.
   *
   * @param config of the server
   * @param more RTSP addresses of cameras to record besides the simulated ones
   */
  public static Demo start(VmsConfig config, List<String> more) {
    VmsClock clock = VmsClock.system();
    VmsServer server =
        VmsServer.start(config, clock); // first: a busy port is said before anything is drawn
    SimServer cameras = SimServer.start(SimOptions.DEFAULTS);
    Demo demo = new Demo(cameras, server);
    try {
      demo.add(
          "chuy-avenue",
          "Чуй проспектиси",
          new SceneMedia(SceneOptions.live("Chuy Avenue"), clock));
      demo.add("school-5", "Школа № 5", new SceneMedia(SceneOptions.live("School No. 5"), clock));
      demo.add("junction", "Junction (H.265)", ClipMedia.open(DemoClips.h265()));
      for (int i = 0; i < more.size(); i++) {
        demo.register(
            "camera-" + (i + 1), more.get(i), StreamSource.parse(more.get(i), Transport.TCP));
      }
      return demo;
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
  }

  /**
   * The configuration of a demo: a directory and a port of its own, segments short enough to watch
   * them come.
   */
  public static VmsConfig config(VmsConfig base, Path dataDir, int port) {
    RecordingConfig recording = base.recording();
    return new VmsConfig(
        dataDir.toString(),
        new HttpConfig(base.http().host(), port),
        base.database(),
        base.objectStore(),
        base.gateway(),
        new RecordingConfig(
            Duration.ofSeconds(20),
            recording.part(),
            recording.spoolLimitMiB(),
            recording.spoolReserveMiB(),
            recording.uploads(),
            recording.memoryLimitMiB(),
            1,
            recording.maxUsedPercent()));
  }

  private void add(String id, String name, SimMedia media) {
    cameras.addCamera(id, media, new SimFaults());
    register(id, name, new StreamSource(cameras.uri(id), null, Transport.TCP));
  }

  /** Registers a camera, or points the one of an earlier demo at its new address. */
  private void register(String id, String name, StreamSource source) {
    CameraDirectory directory = server.cameras();
    CameraId camera = new CameraId(id);
    Instant now = Instant.now();
    String title =
        name.replaceFirst("//[^/]*@", "//"); // an address as a name, without user and password
    directory
        .find(camera)
        .ifPresentOrElse(
            old ->
                directory.change(
                    new Camera(
                        camera,
                        title,
                        source,
                        null,
                        true,
                        null,
                        old.createdAt(),
                        now,
                        old.version())),
            () ->
                directory.create(new Camera(camera, title, source, null, true, null, now, now, 1)));
  }

  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    try {
      cameras.close();
    } catch (RuntimeException e) {
      throw new VmsException(ErrorKind.INTERNAL, "the simulated cameras did not stop", e);
    }
  }
}
