package kg.sakchy.server.bench.relay;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.sim.SimMedia;

/**
 * Made-up H.264, 25 pictures a second, one in 50 a key frame. Each picture says when it was handed
 * to the network: nanoseconds of the monotonic clock, which all processes of a machine share,
 * behind the NAL header and one byte.
 *
 * @param bytes of a picture
 */
record StampedMedia(int bytes) implements SimMedia {
  /** Second byte of each NAL unit, before the stamp. */
  static final byte MARK = (byte) 0x88;

  private static final byte[] AVC_CONFIG =
      HexFormat.of()
          .parseHex(
              "0142c01effe100196742c01ed900a02ff97011000003000100000300320f162e4801000568cb83cb20");
  private static final int KEY_FRAME_EVERY = 50;
  private static final int TICKS = 3_600;
  private static final int MILLIS = 40;

  @Override
  public List<TrackFormat> formats() {
    return List.of(
        new TrackFormat.Video(
            Codec.H264, 90_000, Bytes.copyOf(AVC_CONFIG), 640, 360, "avc1.42c01e"));
  }

  @Override
  public Playback play(ScheduledExecutorService loop, Listener listener) {
    ScheduledFuture<?> timer =
        loop.scheduleAtFixedRate(
            new Pictures(bytes, listener),
            Math.floorMod(hashCode() + System.nanoTime(), (long) MILLIS),
            MILLIS,
            TimeUnit.MILLISECONDS);
    return () -> timer.cancel(false);
  }

  /** Makes a picture at each call. */
  private static final class Pictures implements Runnable {
    private final int bytes;
    private final Listener listener;
    private long count;

    Pictures(int bytes, Listener listener) {
      this.bytes = bytes;
      this.listener = listener;
    }

    @Override
    public void run() {
      boolean key = count % KEY_FRAME_EVERY == 0;
      ByteBuffer sample = ByteBuffer.allocate(Integer.BYTES + bytes);
      sample.putInt(bytes).put((byte) (key ? 0x65 : 0x41)).put(MARK).putLong(System.nanoTime());
      while (sample.hasRemaining()) {
        sample.put((byte) (5 + sample.position() % 200));
      }
      listener.sample(0, count++ * TICKS, key, sample.array());
    }
  }
}
