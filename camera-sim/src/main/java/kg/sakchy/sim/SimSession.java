package kg.sakchy.sim;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An RTSP session of one viewer. Threads: confined to the loop. */
final class SimSession {
  private final String id;
  private final SimCamera camera;
  private final RtspConnection connection;
  private final Map<Integer, TrackDelivery> tracks = new TreeMap<>();
  private @Nullable ReplayPlayer player;
  private long lastRequestNanos = System.nanoTime();

  SimSession(String id, SimCamera camera, RtspConnection connection) {
    this.id = id;
    this.camera = camera;
    this.connection = connection;
  }

  String id() {
    return id;
  }

  SimCamera camera() {
    return camera;
  }

  RtspConnection connection() {
    return connection;
  }

  /** What plays a recording, or null in a live session. */
  @Nullable ReplayPlayer player() {
    return player;
  }

  /** The session plays a recording. */
  void replay(ReplayPlayer newPlayer) {
    player = newPlayer;
  }

  void setUp(int track, TrackDelivery delivery) {
    tracks.put(track, delivery);
  }

  /** Indexes of the tracks set up, in order. */
  Iterable<Integer> tracks() {
    return tracks.keySet();
  }

  boolean hasTrack(int track) {
    return tracks.containsKey(track);
  }

  boolean isEmpty() {
    return tracks.isEmpty();
  }

  /** A request of this session arrived. */
  void touch() {
    lastRequestNanos = System.nanoTime();
  }

  long idleNanos() {
    return System.nanoTime() - lastRequestNanos;
  }

  /** Sends a sample's packets if their track is set up and the viewer keeps up. */
  void media(PacketBatch batch) {
    TrackDelivery delivery = tracks.get(batch.track());
    if (delivery != null && !batch.packets().isEmpty()) {
      if (connection.writable()) {
        delivery.media(batch);
      } else {
        camera.countDropped();
      }
    }
  }

  void control(int track, ByteBuffer compound) {
    TrackDelivery delivery = tracks.get(track);
    if (delivery != null) {
      delivery.control(compound);
    }
  }
}
