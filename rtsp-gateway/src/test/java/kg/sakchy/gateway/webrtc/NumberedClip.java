package kg.sakchy.gateway.webrtc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.Mp4Clip;

/**
 * Pictures with their number drawn into them as 16 blocks, sent as a camera sends them: 25 a
 * second, a key frame every two seconds and when one is asked for, and sound of A-law beside them.
 *
 * <p>Threads: one of its own sends.
 */
final class NumberedClip implements AutoCloseable {
  static final int FRAMES = 250;
  private static final int GROUP = 50;
  private static final int TICKS = 3_600;
  private static final int SOUND_BYTES = 320;
  private static final byte SILENCE = (byte) 0xd5;

  final FedStream stream;
  private final List<byte[]> samples = new ArrayList<>();
  private final AtomicLongArray fedAt = new AtomicLongArray(FRAMES);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private long sent;
  private int next;
  private int keyFramesGiven;

  private NumberedClip(Mp4Clip clip) {
    for (int i = 0; i < clip.video().sampleCount(); i++) {
      samples.add(clip.video().read(i));
    }
    stream =
        new FedStream(
            new StreamFormat(
                List.of(
                    clip.video().format(),
                    new TrackFormat.Audio(Codec.G711_ALAW, 8_000, Bytes.EMPTY, 1, "alaw"))));
    timer.scheduleAtFixedRate(this::frame, 0, 40, TimeUnit.MILLISECONDS);
  }

  /** Makes the clip with ffmpeg and begins to send it. */
  static NumberedClip start(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("numbered.mp4");
    if (!Files.exists(file)) {
      ExternalTool.require("ffmpeg")
          .run(
              "-loglevel",
              "error",
              "-f",
              "lavfi",
              "-i",
              "testsrc2=size=640x360:rate=25",
              "-frames:v",
              Integer.toString(FRAMES),
              "-vf",
              "format=yuv420p,geq=lum='if(lt(Y,48),16+219*mod(floor(N/pow(2,floor(X/40))),2)"
                  + ",lum(X,Y))':cb='if(lt(Y,24),128,cb(X,Y))':cr='if(lt(Y,24),128,cr(X,Y))'",
              "-c:v",
              "libx264",
              "-profile:v",
              "main",
              "-tune",
              "zerolatency",
              "-b:v",
              "1500k",
              "-g",
              Integer.toString(GROUP),
              "-sc_threshold",
              "0",
              file.toString());
    }
    try (Mp4Clip clip = Mp4Clip.open(file)) {
      return new NumberedClip(clip);
    }
  }

  private void frame() {
    int wanted = stream.keyFramesWanted.get();
    if (wanted > keyFramesGiven) {
      keyFramesGiven = wanted;
      next = (next + GROUP - 1) / GROUP * GROUP % FRAMES; // as an encoder obeys, but for the jump
    }
    int number = next;
    next = (next + 1) % FRAMES;
    long pts = sent * TICKS;
    Instant now = Instant.now();
    fedAt.set(number, now.toEpochMilli());
    stream.unit(
        new AccessUnit(
            0, pts, pts, number % GROUP == 0, samples.get(number), now, System.nanoTime()));
    byte[] sound = new byte[SOUND_BYTES];
    java.util.Arrays.fill(sound, SILENCE);
    stream.unit(
        new AccessUnit(
            1, sent * SOUND_BYTES, sent * SOUND_BYTES, true, sound, now, System.nanoTime()));
    sent++;
  }

  /** When a picture was sent last, in milliseconds of UTC. */
  long fedAt(int number) {
    return fedAt.get(number);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
