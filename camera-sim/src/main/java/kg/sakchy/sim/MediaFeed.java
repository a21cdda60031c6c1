package kg.sakchy.sim;

import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.Packetizers;
import org.jspecify.annotations.Nullable;

/**
 * Plays and packetizes one {@link SimMedia} for all cameras that show it, while at least one of
 * them is watched or records. Threads: confined to the server's loop.
 */
final class MediaFeed implements SimMedia.Listener {
  private static final int FIRST_DYNAMIC_TYPE = 96;

  private final EventLoop loop;
  private final SimMedia media;
  private final List<Packetizer> packetizers = new ArrayList<>();
  private final List<SimCamera> watched = new ArrayList<>();
  private final FeedClock[] clocks;
  private SimMedia.@Nullable Playback playback;

  /**
   * @param ssrc of the first track; the others follow it
   */
  MediaFeed(EventLoop loop, SimMedia media, int ssrc, int mtu) {
    this.loop = loop;
    this.media = media;
    this.clocks = new FeedClock[media.formats().size()];
    for (int i = 0; i < clocks.length; i++) {
      TrackFormat format = media.formats().get(i);
      packetizers.add(Packetizers.create(format, payloadType(format, i), ssrc + i, mtu));
      clocks[i] = new FeedClock(ssrc + i, format.clockRate());
    }
  }

  static int payloadType(TrackFormat format, int track) {
    return switch (format.codec()) {
      case G711_ULAW -> 0;
      case G711_ALAW -> 8;
      case MJPEG -> 26;
      case H264, H265, AAC, OPUS, ONVIF_METADATA -> FIRST_DYNAMIC_TYPE + track;
    };
  }

  SimMedia media() {
    return media;
  }

  List<TrackFormat> formats() {
    return media.formats();
  }

  Packetizer packetizer(int track) {
    return packetizers.get(track);
  }

  FeedClock clock(int track) {
    return clocks[track];
  }

  /** A camera is watched, or records, from now on. */
  void add(SimCamera camera) {
    watched.add(camera);
    if (playback == null) {
      for (FeedClock clock : clocks) {
        clock.restart();
      }
      playback = media.play(loop, this);
    }
  }

  /** Nobody watches the camera any more, and it does not record. */
  void remove(SimCamera camera) {
    watched.remove(camera);
    if (watched.isEmpty() && playback != null) {
      playback.close();
      playback = null;
    }
  }

  @Override
  public void sample(int track, long pts, boolean keyFrame, byte[] data) {
    clocks[track].sent(pts);
    boolean viewed = false;
    for (SimCamera camera : watched) {
      camera.record(track, pts, keyFrame, data);
      viewed |= camera.hasViewers();
    }
    if (!viewed) {
      return;
    }
    List<ByteBuffer> packets = new ArrayList<>();
    packetizers.get(track).packetize(pts, data, packets::add);
    PacketBatch batch = new PacketBatch(track, keyFrame, packets);
    for (SimCamera camera : List.copyOf(watched)) {
      camera.deliver(batch);
    }
    batch.release();
  }

  void close() {
    watched.clear();
    if (playback != null) {
      playback.close();
      playback = null;
    }
  }
}
