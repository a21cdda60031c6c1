package kg.sakchy.server.bench.live;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.sim.SimMedia;
import org.jspecify.annotations.Nullable;

/**
 * Pictures stamped, then encoded by x264 in a process of FFmpeg's as a camera would (no delay, no B
 * frames, a key frame every two seconds), and read back as FLV: the one format whose packets are
 * whole when they come.
 *
 * <p>Threads: one stamps, one reads; samples go to the loop of who plays them.
 */
final class StampedMedia implements SimMedia, AutoCloseable {
  private static final int RATE = 25;
  private static final int TICKS = 90_000 / RATE;
  private static final int FLV_HEADER = 13;
  private static final int VIDEO_TAG = 9;
  private static final int KEY_FRAME = 1;
  private static final int AFTER_CODEC_HEADER = 5;

  private final Process encoder;
  private final CompletableFuture<TrackFormat> format = new CompletableFuture<>();
  private volatile @Nullable Sink sink;
  private volatile boolean closed;

  private record Sink(ScheduledExecutorService loop, Listener listener) {}

  private StampedMedia(Process encoder) {
    this.encoder = encoder;
  }

  static StampedMedia start() throws IOException {
    String options =
        ("-v error -probesize 32 -analyzeduration 0 -fflags nobuffer -f rawvideo -pix_fmt yuv420p"
                + " -s %dx%d -r %d -i - -c:v libx264 -preset veryfast -tune zerolatency -threads 1"
                + " -b:v 600k -maxrate 600k -bufsize 600k -g %d -bf 0 -flush_packets 1"
                + " -flvflags no_duration_filesize -f flv -")
            .formatted(StampedPicture.WIDTH, StampedPicture.HEIGHT, RATE, 2 * RATE);
    List<String> command = new ArrayList<>();
    command.add(ExternalTool.require("ffmpeg").path().toString());
    command.addAll(Arrays.asList(options.split(" ", -1)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    StampedMedia media = new StampedMedia(process);
    Thread.ofPlatform().daemon().name("stamps").start(media::stamp);
    Thread.ofPlatform().daemon().name("samples").start(media::read);
    media.format.join();
    return media;
  }

  private void stamp() {
    StampedPicture picture = new StampedPicture();
    long begin = System.nanoTime();
    try (OutputStream out = encoder.getOutputStream()) {
      for (int number = 0; !closed; number++) {
        long due = begin + number * 1_000_000_000L / RATE;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        out.write(picture.at(System.currentTimeMillis(), number));
        out.flush();
      }
    } catch (IOException e) {
      format.completeExceptionally(e);
    }
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(encoder.getInputStream())) {
      in.skipNBytes(FLV_HEADER);
      for (long number = 0; !closed; ) {
        int type = in.readUnsignedByte();
        int size = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        in.skipNBytes(7);
        byte[] tag = in.readNBytes(size);
        in.skipNBytes(Integer.BYTES);
        if (type == VIDEO_TAG && tag[1] == 0) {
          format.complete(format(Arrays.copyOfRange(tag, AFTER_CODEC_HEADER, size)));
        } else if (type == VIDEO_TAG && tag[1] == 1) {
          byte[] sample = Arrays.copyOfRange(tag, AFTER_CODEC_HEADER, size);
          deliver(number++ * TICKS, tag[0] >> 4 == KEY_FRAME, sample);
        }
      }
    } catch (IOException e) {
      format.completeExceptionally(e); // the end, once it has begun
    }
  }

  private static TrackFormat format(byte[] avcConfig) {
    return new TrackFormat.Video(
        Codec.H264,
        90_000,
        Bytes.copyOf(avcConfig),
        StampedPicture.WIDTH,
        StampedPicture.HEIGHT,
        "avc1." + HexFormat.of().formatHex(avcConfig, 1, 4));
  }

  private void deliver(long pts, boolean key, byte[] sample) {
    Sink to = sink;
    if (to != null) {
      try {
        to.loop().execute(() -> to.listener().sample(0, pts, key, sample));
      } catch (RejectedExecutionException e) {
        sink = null; // the cameras are closing
      }
    }
  }

  @Override
  public List<TrackFormat> formats() {
    return List.of(Objects.requireNonNull(format.join()));
  }

  @Override
  public Playback play(ScheduledExecutorService loop, Listener listener) {
    sink = new Sink(loop, listener);
    return () -> sink = null;
  }

  @Override
  public void close() {
    closed = true;
    encoder.destroy();
  }
}
