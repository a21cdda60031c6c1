package kg.sakchy.recorder;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.recorder.gap.GapTracker;
import kg.sakchy.recorder.ingest.IngestContext;
import kg.sakchy.recorder.ingest.Lanes;
import kg.sakchy.recorder.ingest.StreamRecorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is pulled and recorded equal to what the camera directory says. Level-triggered: every
 * pass compares everything, so a lost notification costs time and nothing else; while the database
 * is away it goes on with the last known list.
 *
 * <p>The main stream of every camera is pulled, recorded or not, so that its state is known and it
 * can be watched. Sub streams are pulled by nobody yet.
 *
 * <p>Threads: {@link #reconcile} and {@link #close} confined to the housekeeping thread;
 * notifications and lookups from any.
 */
final class RecordingSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingSupervisor.class);

  private final CameraList cameras;
  private final LiveStreams live;
  private final IngestContext context;
  private final Lanes lanes;
  private final StreamHistory history;
  private final Map<StreamId, Recording> recordings = new ConcurrentHashMap<>();
  private final Set<StreamId> pulled = new HashSet<>();

  /** Recordings whose last segment is being sealed; the next one of the stream waits for it. */
  private final Map<StreamId, CompletableFuture<Void>> ending = new HashMap<>();

  private final Runnable changed;
  private volatile boolean listKnown;

  /** A recording under way, and since when it should be. */
  record Recording(StreamRecorder recorder, Instant since) {}

  /**
   * @param changed asks for a pass soon; must not block
   */
  RecordingSupervisor(
      CameraDirectory directory,
      LiveStreams live,
      IngestContext context,
      Lanes lanes,
      StreamHistory history,
      Runnable changed) {
    this.cameras = new CameraList(directory);
    this.live = live;
    this.context = context;
    this.lanes = lanes;
    this.history = history;
    this.changed = changed;
    directory.onChange(
        (id, camera) -> {
          cameras.changed(id, camera);
          changed.run();
        });
    context
        .metrics()
        .gauge("streams", "streams", "streams that should be recorded", recordings::size);
  }

  /** Reads the list of cameras; on failure the last known one stays in use. */
  boolean refresh() {
    try {
      cameras.refresh();
      listKnown = true;
      return true;
    } catch (VmsException e) {
      LOG.atWarn()
          .log("the list of cameras cannot be read, the last one is used: {}", e.toLogLine());
      return false;
    }
  }

  /** Whether the list of cameras was ever read. */
  boolean listKnown() {
    return listKnown;
  }

  /** One pass. */
  void reconcile() {
    Set<StreamId> wanted = new HashSet<>();
    for (Camera camera : cameras.all()) {
      StreamId id = StreamId.main(camera.id());
      wanted.add(id);
      try {
        reconcile(id, camera);
      } catch (VmsException e) { // one camera must not keep the others from being recorded
        LOG.atWarn().addKeyValue("stream", id).log("cannot record: {}", e.toLogLine());
      }
    }
    for (StreamId id : List.copyOf(pulled)) {
      if (!wanted.contains(id)) {
        stop(id);
        live.close(id);
        pulled.remove(id);
      }
    }
  }

  private void reconcile(StreamId id, Camera camera) {
    LiveStream stream = live.open(id, camera.main());
    pulled.add(id);
    Instant since = camera.recordingSince();
    Recording running = recordings.get(id);
    if (running != null && (since == null || !since.equals(running.since()))) {
      stop(id);
      running = null;
    }
    if (since != null && running == null && hasEnded(id)) {
      start(stream, since);
    }
  }

  private void start(LiveStream stream, Instant since) {
    StreamHistory.Before before = history.before(stream.id(), since);
    GapTracker gaps =
        new GapTracker(
            stream.id(), context.gaps(), before.coveredUntil(), before.cause(), before.detail());
    StreamRecorder recorder =
        new StreamRecorder(stream.id(), context, lanes.lane(), before.sha256(), gaps);
    recordings.put(stream.id(), new Recording(recorder, since));
    recorder.start(stream);
  }

  private void stop(StreamId id) {
    Recording ended = recordings.remove(id);
    if (ended != null) {
      CompletableFuture<Void> end = ended.recorder().close();
      ending.put(id, end);
      end.thenRun(changed);
    }
  }

  private boolean hasEnded(StreamId id) {
    CompletableFuture<Void> end = ending.get(id);
    if (end != null && !end.isDone()) {
      return false;
    }
    ending.remove(id);
    return true;
  }

  /** Ends all recordings; done when the last segments are sealed. */
  CompletableFuture<Void> close() {
    List.copyOf(recordings.keySet()).forEach(this::stop);
    return CompletableFuture.allOf(ending.values().toArray(CompletableFuture<?>[]::new));
  }

  Optional<StreamRecorder> recorder(StreamId id) {
    return Optional.ofNullable(recordings.get(id)).map(Recording::recorder);
  }

  /** Everything that should be recorded now. */
  Map<StreamId, Recording> recordings() {
    return Map.copyOf(recordings);
  }

  /** The last known list. */
  Collection<Camera> cameras() {
    return cameras.all();
  }
}
