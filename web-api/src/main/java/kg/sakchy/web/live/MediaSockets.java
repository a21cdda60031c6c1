package kg.sakchy.web.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.access.MediaRight;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Problem;
import kg.sakchy.web.http.SocketOperation;

/**
 * The operation that shows a camera: so many viewers in all and of each client.
 *
 * <p>Threads: on the event loop; each viewer gets a virtual thread that ends with its socket.
 */
public final class MediaSockets implements SocketOperation {
  private static final int POLICY_VIOLATION = 1008;

  private final ViewerPorts ports;
  private final MediaRights rights;
  private final LastingActs acts;
  private final MediaLimits limits;
  private final Map<String, Integer> viewersOf = new ConcurrentHashMap<>();

  /**
   * What is shown.
   *
   * @param views the present
   * @param archive the past
   * @param transcoder for recordings a viewer cannot play
   */
  public record Sources(LiveViews views, Archive archive, ArchiveTranscoder transcoder) {}

  public MediaSockets(
      Sources sources,
      MediaRights rights,
      LastingActs acts,
      VmsClock clock,
      MeterRegistry registry,
      MediaLimits limits) {
    this.rights = rights;
    this.acts = acts;
    this.limits = limits;
    ports =
        new ViewerPorts(
            sources.views(),
            sources.archive(),
            sources.transcoder(),
            new ArchiveReads(limits.reads()),
            clock,
            new LiveMetrics(registry));
  }

  @Override
  public Session open(Call call, Peer peer) {
    String client = call.client().key();
    Wishes wishes = new Wishes();
    enter(client);
    RightWatch watch = new RightWatch(peer);
    MediaSession session =
        new MediaSession(
            wishes,
            call.words(),
            peer,
            () -> {
              watch.close();
              leave(client);
            });
    try {
      requireRoom(client);
      rights.of(call);
      MediaRight right = rights.right(call);
      watch.over(right);
      Presentation presentation =
          new Presentation(peer, ports.metrics(), rights.witness(call, acts, "websocket"));
      Thread.ofVirtual()
          .name("viewer-" + call.camera())
          .start(new Viewer(ports, call.camera(), right, wishes, presentation, session));
    } catch (VmsException e) {
      peer.send(
          new JsonObject()
              .put("type", "problem")
              .putNull("sequence")
              .put("problem", Problem.of(e).json(call.words())));
      peer.close(POLICY_VIOLATION, e.kind().code());
    }
    return session;
  }

  private void enter(String client) {
    viewersOf.merge(client, 1, Integer::sum);
    ports.metrics().viewers().incrementAndGet();
  }

  private void leave(String client) {
    viewersOf.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
    ports.metrics().viewers().decrementAndGet();
  }

  private void requireRoom(String client) {
    if (ports.metrics().viewers().get() > limits.viewers()
        || viewersOf.getOrDefault(client, 0) > limits.viewersOfOne()) {
      throw new VmsException(
          ErrorKind.RESOURCE_EXHAUSTED, "too many viewers are open; close some and try again");
    }
  }
}
