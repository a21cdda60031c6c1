package kg.sakchy.gateway.server.session;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.gateway.server.access.Access;
import kg.sakchy.gateway.server.delivery.DatagramOutlet;
import kg.sakchy.gateway.server.delivery.InterleavedOutlet;
import kg.sakchy.gateway.server.delivery.Outlet;
import kg.sakchy.gateway.server.delivery.PacketBatch;
import kg.sakchy.gateway.server.offer.Offer;
import kg.sakchy.gateway.server.playback.Playback;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtsp.PlayFields;
import kg.sakchy.media.rtsp.PortPair;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import kg.sakchy.media.rtsp.SessionHeader;
import kg.sakchy.media.rtsp.TransportHeader;
import org.jspecify.annotations.Nullable;

/**
 * One session: tracks set up, and what plays on them, live or the archive.
 *
 * <p>Threads: as {@link Dialogue}; {@link #report} also on the loop of datagram sockets.
 */
final class ClientSession {
  private final String id;
  private final StreamId stream;
  private final Offer offer;
  private final ServerContext server;
  private final Place place;
  private final SessionWitness witness;
  private final Set<Integer> tracks = new TreeSet<>();
  private @Nullable Outlet outlet;
  private volatile @Nullable LivePlay live;
  private @Nullable ArchivePlay archive;
  private volatile long lastSeenNanos;
  private volatile boolean sending;
  private volatile @Nullable LiveStream source;
  private volatile @Nullable Predicate<MediaGrant> needed;
  private volatile @Nullable Access permission;

  /** Where the client is. */
  record Place(RtspConnection connection, Channel channel, InetAddress client, boolean tls) {}

  ClientSession(String id, StreamId stream, Offer offer, ServerContext server, Place place) {
    this.id = id;
    this.stream = stream;
    this.offer = offer;
    this.server = server;
    this.place = place;
    witness = new SessionWitness(server, stream.camera());
    touch();
  }

  String id() {
    return id;
  }

  StreamId stream() {
    return stream;
  }

  Offer offer() {
    return offer;
  }

  ServerContext server() {
    return server;
  }

  RtspConnection connection() {
    return place.connection();
  }

  Set<Integer> tracks() {
    return Set.copyOf(tracks);
  }

  /** The client gave a sign of life. */
  void touch() {
    lastSeenNanos = server.clock().nanoTime();
  }

  /** Whether it is too long since; what is sent over the connection is watched elsewhere. */
  boolean isSilent(long nowNanos) {
    boolean watched = sending && outlet instanceof InterleavedOutlet;
    return !watched && nowNanos - lastSeenNanos >= server.limits().session().toNanos();
  }

  /** Whether what plays may be seen no longer. */
  boolean isForbidden() {
    Predicate<MediaGrant> need = needed;
    Access access = permission;
    return need != null && access != null && !need.test(access.right().now());
  }

  /** Something plays that needs a right. */
  private void plays(Access access, Predicate<MediaGrant> need) {
    permission = access;
    needed = need;
    sending = true;
  }

  /** Has it recorded what was sent live since the last time. */
  void tell() {
    LivePlay playing = live;
    if (playing != null) {
      playing.tell();
    }
  }

  /** Pictures of a stretch of UTC were sent; any thread. */
  void delivered(Instant from, Instant to) {
    witness.delivered(from, to);
  }

  /** SETUP of a track. */
  RtspResponse setUp(RtspRequest request, int wanted) {
    int track = wanted < 0 && offer.tracks().size() == 1 ? 0 : wanted;
    if (!offer.has(track)) {
      return Answers.plain(
          request, track < 0 ? RtspStatus.AGGREGATE_OPERATION_NOT_ALLOWED : RtspStatus.NOT_FOUND);
    }
    if (live != null || archive != null) {
      return Answers.plain(request, RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE);
    }
    String field = request.headers().get("Transport");
    for (TransportHeader offered : TransportHeader.parseAll(field == null ? "" : field)) {
      TransportHeader agreed = offered.multicast() ? null : agree(offered, track);
      if (agreed != null) {
        tracks.add(track);
        SessionHeader header = new SessionHeader(id, server.limits().session());
        return new RtspResponse(
            RtspStatus.OK,
            Answers.headers(request)
                .add("Transport", agreed.format())
                .add("Session", header.format()));
      }
    }
    return Answers.plain(request, RtspStatus.UNSUPPORTED_TRANSPORT);
  }

  /** One session uses one way; over TLS only the connection itself, which hides the pictures. */
  private @Nullable TransportHeader agree(TransportHeader offered, int track) {
    if (offered.tcp()) {
      InterleavedOutlet way =
          outlet == null
              ? new InterleavedOutlet(place.channel())
              : outlet instanceof InterleavedOutlet known ? known : null;
      PortPair channels =
          offered.interleaved() == null
              ? new PortPair(PacketBatch.channel(track), PacketBatch.channel(track) + 1)
              : offered.interleaved();
      if (way == null || !onLoop(way, () -> way.add(track, channels))) {
        return null;
      }
      outlet = way;
      return TransportHeader.ofChannels(channels);
    }
    PortPair ports = offered.clientPort();
    if (ports == null || place.tls()) {
      return null;
    }
    DatagramOutlet way =
        outlet == null
            ? new DatagramOutlet(server.datagrams(), place.client(), this::compound)
            : outlet instanceof DatagramOutlet known ? known : null;
    if (way == null || !onLoop(way, () -> way.add(track, ports))) {
      return null;
    }
    outlet = way;
    return new TransportHeader(false, false, null, ports, way.ports(), null, null);
  }

  /** Waits for the outlet's loop, which does little at a time. */
  private static boolean onLoop(Outlet outlet, Callable<Boolean> task) {
    try {
      return outlet.loop().submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "interrupted", e);
    } catch (ExecutionException e) {
      throw new VmsException(ErrorKind.INTERNAL, "a transport failed", e);
    }
  }

  /**
   * PLAY; null if the answer was sent already.
   *
   * @param base address of the stream, for RTP-Info
   * @param replay whether ONVIF's replay is asked for
   */
  @Nullable RtspResponse play(
      RtspRequest request, String base, PlayFields fields, Access access, boolean replay) {
    Outlet way = outlet;
    if (way == null) {
      return Answers.plain(request, RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE);
    }
    boolean goesOn = !fields.hasRange() && archive != null;
    if (fields.clock() == null && !goesOn) {
      return replay
          ? Answers.plain(request, RtspStatus.INVALID_RANGE)
          : live(request, base, access, way);
    }
    archive(request, base, fields, access, replay, way);
    return null;
  }

  private void archive(
      RtspRequest request,
      String base,
      PlayFields fields,
      Access access,
      boolean replay,
      Outlet way) {
    ArchivePlay playing = archive == null ? new ArchivePlay(this, way) : archive;
    Playback.Prepared prepared = prepare(playing, request, fields, access, replay);
    archive = playing;
    endLive();
    witness.archive(access);
    plays(access, playing.needed());
    connection().send(playing.answer(request, base, prepared));
    prepared.begin().run();
  }

  private Playback.Prepared prepare(
      ArchivePlay playing, RtspRequest request, PlayFields fields, Access access, boolean replay) {
    try {
      return playing.prepare(request, fields, access, replay);
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.PERMISSION_DENIED) {
        witness.refused(access, Right.VIEW_ARCHIVE);
      }
      throw e;
    }
  }

  private void endLive() {
    LivePlay playing = live;
    if (playing != null) {
      playing.close();
      live = null;
    }
  }

  private @Nullable RtspResponse live(RtspRequest request, String base, Access access, Outlet way) {
    if (!access.allowsLive()) {
      witness.refused(access, Right.VIEW_LIVE);
      return Answers.plain(request, RtspStatus.FORBIDDEN);
    }
    if (archive != null) {
      archive.close();
      archive = null;
    }
    witness.live(access);
    if (live != null) { // it is being sent already
      plays(access, MediaGrant::live);
      return new RtspResponse(RtspStatus.OK, headers(request).add("Range", "npt=now-"));
    }
    LivePlay starting = LivePlay.open(this, way);
    live = starting;
    source = starting.stream();
    plays(access, MediaGrant::live);
    starting.begin(request, base);
    return null;
  }

  /** The fields of a response within this session. */
  RtspHeaders headers(RtspRequest request) {
    return Answers.headers(request).add("Session", id);
  }

  /** PAUSE: nothing more is sent until the next PLAY. */
  void pause() {
    sending = false;
    needed = null;
    endLive();
    if (archive != null) {
      archive.pause();
    }
  }

  /** Ends it. Idempotent. */
  void close() {
    pause();
    if (archive != null) {
      archive.close();
      archive = null;
    }
    witness.close();
    Outlet way = outlet;
    if (way != null) {
      way.execute(way::close);
    }
  }

  /** A frame came from the client. On the connection's loop. */
  void report(int number, ByteBuffer payload) {
    if (outlet instanceof InterleavedOutlet interleaved
        && interleaved.trackOfControl(number) >= 0) {
      compound(payload);
    }
  }

  /** An RTCP compound of the client, read as far as it is well formed. */
  private void compound(ByteBuffer payload) {
    touch();
    for (RtcpPacket packet : RtcpPacket.parse(payload)) {
      LiveStream stream = source;
      if (packet instanceof RtcpPacket.PictureLoss && stream != null) {
        stream.requestKeyFrame();
      }
    }
  }
}
