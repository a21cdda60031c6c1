package kg.sakchy.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.rtp.ReplayExtension;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.RtspWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sends a recording to one session (ONVIF Streaming §6): as fast as the client reads, or in real
 * time. Threads: confined to the loop.
 */
final class ReplayPlayer {
  private static final long LOOK_AGAIN_MILLIS = 40;

  private final EdgeRecording recording;
  private final RtspConnection connection;
  private final EventLoop loop;
  private final List<Packetizer> packetizers;
  private final Map<Integer, Integer> channels = new HashMap<>();
  private final Set<Integer> begun = new HashSet<>();
  private final Deque<ReplayRequest> waiting = new ArrayDeque<>();
  private @Nullable ReplayRequest request;
  private long cursor;
  private @Nullable Instant lastKeyFrame;
  private @Nullable Instant firstTime;
  private long startedNanos;
  private @Nullable ScheduledFuture<?> timer;

  /**
   * @param packetizers of the recording's tracks, of this session alone
   */
  ReplayPlayer(
      EdgeRecording recording,
      RtspConnection connection,
      EventLoop loop,
      List<Packetizer> packetizers) {
    this.recording = recording;
    this.connection = connection;
    this.loop = loop;
    this.packetizers = packetizers;
    this.cursor = recording.oldest();
  }

  EdgeRecording recording() {
    return recording;
  }

  Packetizer packetizer(int track) {
    return packetizers.get(track);
  }

  /** A track goes out on this interleaved channel. */
  void setUp(int track, int channel) {
    channels.put(track, channel);
  }

  /** Plays now, or after what is played now (RFC 2326 §10.5). */
  void play(ReplayRequest next) {
    if (request != null && !next.immediate() && request.end() != null) {
      waiting.add(next);
    } else {
      begin(next);
    }
  }

  private void begin(ReplayRequest next) {
    stopTimer();
    request = next;
    ClockRange range = next.range();
    if (range != null) {
      long found = recording.seek(range.start());
      cursor = found < 0 ? Long.MAX_VALUE : found;
    }
    begun.clear();
    lastKeyFrame = null;
    firstTime = null;
    // The answer to PLAY goes out first.
    loop.execute(this::pump);
  }

  /** Stops where it is. */
  void pause() {
    stopTimer();
    request = null;
    waiting.clear();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Sends what can be sent now; called again when the client has read. */
  void pump() {
    ReplayRequest now = request;
    while (now != null && connection.writable() && cursor != Long.MAX_VALUE) {
      cursor = Math.max(cursor, recording.oldest());
      EdgeSample sample = recording.at(cursor);
      if (sample == null) {
        again(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        return;
      }
      if (isBehind(now, sample)) {
        finish();
        now = request;
        continue;
      }
      if (now.rateControl() && !isDue(sample)) {
        return;
      }
      send(now, sample);
      cursor++;
    }
  }

  /** Whether the range ends before a sample; pictures that others need are sent even so. */
  private boolean isBehind(ReplayRequest now, EdgeSample sample) {
    Instant end = now.end();
    return end != null
        && !sample.time().isBefore(end)
        && isVideo(sample.track())
        && !recording.hasMore(cursor, end, next -> next.track() == sample.track());
  }

  private boolean isVideo(int track) {
    return recording.formats().get(track).codec().kind() == Codec.Kind.VIDEO;
  }

  private void finish() {
    request = null;
    ReplayRequest next = waiting.poll();
    if (next != null) {
      begin(next);
    }
  }

  private void again(long delay, TimeUnit unit) {
    stopTimer();
    timer = loop.schedule(this::pump, delay, unit);
  }

  /** Real time begins with the first sample. */
  private boolean isDue(EdgeSample sample) {
    if (firstTime == null) {
      firstTime = sample.time();
      startedNanos = System.nanoTime();
    }
    long due = Duration.between(firstTime, sample.time()).toNanos();
    long early = due - (System.nanoTime() - startedNanos);
    if (early > 0) {
      again(early, TimeUnit.NANOSECONDS);
      return false;
    }
    return true;
  }

  private void send(ReplayRequest now, EdgeSample sample) {
    Integer channel = channels.get(sample.track());
    if (channel == null || !isWanted(now, sample)) {
      return;
    }
    ReplayExtension extension =
        new ReplayExtension(
            sample.time(),
            sample.keyFrame(),
            sample.last(),
            begun.add(sample.track()),
            !recording.hasMore(cursor, now.end(), next -> isLike(now, sample, next)),
            now.cseq() & 0xff);
    List<ByteBuffer> packets = new ArrayList<>();
    packetizers.get(sample.track()).packetize(sample.pts(), sample.data(), packets::add);
    ByteBuf out = Unpooled.buffer();
    ByteBuffer prefix = ByteBuffer.allocate(RtspWriter.FRAME_PREFIX_BYTES);
    for (int i = 0; i < packets.size(); i++) {
      ByteBuffer packet = i == 0 ? extension.insert(packets.getFirst()) : packets.get(i);
      RtspWriter.writeFramePrefix(prefix.clear(), channel, packet.remaining());
      out.writeBytes(prefix.flip()).writeBytes(packet);
    }
    connection.sendMedia(out);
  }

  /** Whether a later sample goes the same way. */
  private static boolean isLike(ReplayRequest now, EdgeSample sample, EdgeSample next) {
    return next.track() == sample.track()
        && (!now.intraOnly()
            || (next.keyFrame() && !next.time().isBefore(sample.time().plus(now.interval()))));
  }

  private boolean isWanted(ReplayRequest now, EdgeSample sample) {
    if (!now.intraOnly()) {
      return true;
    }
    boolean due =
        lastKeyFrame == null || !sample.time().isBefore(lastKeyFrame.plus(now.interval()));
    if (!isVideo(sample.track()) || !sample.keyFrame() || !due) {
      return false;
    }
    lastKeyFrame = sample.time();
    return true;
  }
}
