package kg.sakchy.gateway.camera;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.config.GatewayConfig;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.RtspGateway;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway and cameras for one test, closed after it. Threads: as the gateway. */
public final class GatewayExtension implements AfterEachCallback {
  /** Times that leave room for a busy machine. */
  public static final GatewayConfig PATIENT =
      new GatewayConfig(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          1);

  /** Times for cameras that fall silent. */
  public static final GatewayConfig HASTY =
      new GatewayConfig(
          Duration.ofSeconds(5),
          Duration.ofMillis(800),
          Duration.ofMillis(800),
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          1);

  public static final StreamId ID = StreamId.main(new CameraId("cam"));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RtspGateway gateway;
  private final List<ScriptedCamera> cameras = new ArrayList<>();

  public GatewayExtension(GatewayConfig config) {
    gateway = new RtspGateway(config, VmsClock.system(), registry);
  }

  public RtspGateway gateway() {
    return gateway;
  }

  public SimpleMeterRegistry registry() {
    return registry;
  }

  public ScriptedCamera camera(DialogueScript... scripts) {
    ScriptedCamera camera = ScriptedCamera.start(scripts);
    cameras.add(camera);
    return camera;
  }

  /** Pulls a camera's {@code /cam} without credentials. */
  public LiveStream open(ScriptedCamera camera) {
    return gateway.open(ID, source(camera.uri("/cam")));
  }

  /** A listener on that pull. */
  public EventRecorder listen(ScriptedCamera camera) {
    EventRecorder recorder = new EventRecorder();
    open(camera).subscribe(recorder);
    return recorder;
  }

  /** Waits for something that comes with a tick of the gateway. */
  public void eventually(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not become true");
      }
      Thread.sleep(5);
    }
  }

  public static StreamSource source(URI uri) {
    return new StreamSource(uri, null, Transport.TCP);
  }

  public static StreamSource source(URI uri, String user, String password) {
    return new StreamSource(uri, new Credentials(user, password), Transport.TCP);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    gateway.close();
    cameras.forEach(ScriptedCamera::close);
  }
}
