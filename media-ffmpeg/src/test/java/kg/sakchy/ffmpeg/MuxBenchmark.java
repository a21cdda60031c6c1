package kg.sakchy.ffmpeg;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.h264.AvcConfig;

/**
 * What muxing costs: nanoseconds of CPU and bytes of garbage for each frame, and memory for each
 * muxer. The load is a camera's: 25 fps, 2 Mbit/s, a key frame every 2 s, parts of 500 ms.
 *
 * <p>Run: {@code java -cp ... kg.sakchy.ffmpeg.MuxBenchmark [muxers] [seconds of media]}
 */
final class MuxBenchmark {
  private static final int FRAMES_PER_PART = 12;

  /** Parameter sets of libx264, baseline. */
  private static final AvcConfig AVC =
      new AvcConfig(
          List.of(bytes("6742c00ad906279223011000000300100000030320f1226480")),
          List.of(bytes("68cb8192c8")));

  public static void main(String[] args) {
    int muxers = args.length > 0 ? Integer.parseInt(args[0]) : 32;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 600;
    for (boolean g711 : new boolean[] {false, true}) {
      run(muxers, seconds, g711);
    }
  }

  private static void run(int muxers, int seconds, boolean g711) {
    StreamFormat format = format(g711);
    long memory = NativeMemory.residentBytes();
    List<PartMuxer> open = new ArrayList<>();
    for (int i = 0; i < muxers; i++) {
      open.add(PartMuxer.open(format));
    }
    Load load = new Load(g711);
    for (int part = 0; part < 20; part++) {
      List<MuxSample> samples = load.next();
      open.forEach(muxer -> muxer.part(samples));
    }
    long perMuxer = (NativeMemory.residentBytes() - memory) / muxers;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long garbage = threads.getCurrentThreadAllocatedBytes();
    long frames = 0;
    for (int part = 0; part < seconds * 2; part++) {
      List<MuxSample> samples = load.next();
      for (PartMuxer muxer : open) {
        muxer.part(samples);
        frames += FRAMES_PER_PART;
      }
    }
    double nanos = (double) (threads.getCurrentThreadCpuTime() - cpu) / frames;
    System.out.printf(
        "%s: %.0f ns CPU a frame (%.4f %% of a core at 25 fps), %d bytes garbage a frame,"
            + " %d KB a muxer%n",
        g711 ? "with G.711" : "video alone",
        nanos,
        nanos * 25 / 1e7,
        (threads.getCurrentThreadAllocatedBytes() - garbage) / frames,
        perMuxer / 1024);
    open.forEach(PartMuxer::close);
  }

  static StreamFormat format(boolean g711) {
    TrackFormat video =
        new TrackFormat.Video(Codec.H264, 90_000, AVC.encode(), 1280, 720, "avc1.42c01f");
    TrackFormat sound = new TrackFormat.Audio(Codec.G711_ALAW, 8_000, Bytes.EMPTY, 1, "alaw");
    return new StreamFormat(g711 ? List.of(video, sound) : List.of(video));
  }

  private static Bytes bytes(String hex) {
    return Bytes.copyOf(HexFormat.of().parseHex(hex));
  }

  /** Makes the parts of one camera. */
  static final class Load {
    private final Random random = new Random(1);
    private final byte[] keyFrame = new byte[60_000];
    private final byte[] frame = new byte[8_000];
    private final byte[] sound = new byte[160];
    private final boolean g711;
    private long frames;
    private long soundTicks;

    Load(boolean g711) {
      this.g711 = g711;
      random.nextBytes(keyFrame);
      random.nextBytes(frame);
      random.nextBytes(sound);
    }

    List<MuxSample> next() {
      List<MuxSample> part = new ArrayList<>();
      for (int i = 0; i < FRAMES_PER_PART; i++, frames++) {
        boolean key = frames % (FRAMES_PER_PART * 4) == 0;
        long ticks = frames * 3_600;
        part.add(new MuxSample(0, ticks, ticks, 3_600, key, key ? keyFrame : frame));
        for (; g711 && soundTicks * 90_000 < ticks * 8_000; soundTicks += sound.length) {
          part.add(new MuxSample(1, soundTicks, soundTicks, sound.length, true, sound));
        }
      }
      return part;
    }
  }
}
