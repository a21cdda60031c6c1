package kg.sakchy.sim;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.Packetizers;
import kg.sakchy.media.rtp.ReplayExtension;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a server share: cameras by path, sessions by id, feeds by media.
 *
 * <p>Threads: cameras may be added and looked up from any thread; the rest is confined to the loop.
 */
final class ServerContext {
  private final SimOptions options;
  private final EventLoop loop;
  private final UdpPorts udpPorts;
  private final Map<String, SimCamera> cameras = new ConcurrentHashMap<>();
  private final Map<String, SimSession> sessions = new HashMap<>();
  private final Map<SimMedia, MediaFeed> feeds = new HashMap<>();
  private final Random random = new Random();
  private volatile int port;

  ServerContext(SimOptions options, EventLoop loop, UdpPorts udpPorts) {
    this.options = options;
    this.loop = loop;
    this.udpPorts = udpPorts;
  }

  SimOptions options() {
    return options;
  }

  /** The server listens at this port. */
  void listening(int newPort) {
    port = newPort;
  }

  /** Address of a camera. */
  URI uri(String path) {
    String scheme = options.tls() ? "rtsps" : "rtsp";
    return URI.create(scheme + "://" + options.host() + ":" + port + "/" + path);
  }

  EventLoop loop() {
    return loop;
  }

  UdpPorts udpPorts() {
    return udpPorts;
  }

  void add(SimCamera camera) {
    if (cameras.putIfAbsent(camera.path(), camera) != null) {
      throw new IllegalArgumentException("two cameras at " + camera.path());
    }
  }

  Collection<SimCamera> cameras() {
    return cameras.values();
  }

  @Nullable SimCamera camera(String path) {
    return cameras.get(path);
  }

  /** The feed of a media, made on first use. */
  MediaFeed feed(SimMedia media) {
    return feeds.computeIfAbsent(
        media, key -> new MediaFeed(loop, key, random.nextInt(), options.mtu()));
  }

  SimSession begin(SimCamera camera, RtspConnection connection) {
    String id = String.format(java.util.Locale.ROOT, "%016x", random.nextLong());
    SimSession session = new SimSession(id, camera, connection);
    sessions.put(id, session);
    return session;
  }

  @Nullable SimSession session(String id) {
    return sessions.get(id);
  }

  List<SimSession> sessionsOf(SimCamera camera) {
    return sessions.values().stream().filter(session -> session.camera() == camera).toList();
  }

  /** New packetizers for a recording's tracks, with room for the header extension. */
  List<Packetizer> replayPacketizers(EdgeRecording recording) {
    List<Packetizer> packetizers = new ArrayList<>();
    for (TrackFormat format : recording.formats()) {
      packetizers.add(
          Packetizers.create(
              format,
              MediaFeed.payloadType(format, packetizers.size()),
              random.nextInt(),
              options.mtu() - ReplayExtension.BYTES));
    }
    return packetizers;
  }

  /** Ends a session; idempotent. */
  void end(SimSession session) {
    sessions.remove(session.id());
    ReplayPlayer player = session.player();
    if (player != null) {
      player.pause();
    }
    session.camera().stop(session);
  }

  /** Ends the sessions of a connection that is gone. */
  void closed(RtspConnection connection) {
    sessions.values().stream()
        .filter(session -> session.connection() == connection)
        .toList()
        .forEach(this::end);
    cameras.values().forEach(camera -> camera.closed(connection));
  }

  /** Ends sessions that have been silent for too long, and their connections. */
  void endSilentSessions() {
    long limit = options.sessionTimeout().toNanos();
    for (SimSession session : List.copyOf(sessions.values())) {
      if (session.idleNanos() > limit) {
        session.camera().countTimeout();
        end(session);
        session.connection().close();
      }
    }
  }

  void close() {
    List.copyOf(sessions.values()).forEach(this::end);
    feeds.values().forEach(MediaFeed::close);
  }
}
