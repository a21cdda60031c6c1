package kg.sakchy.gateway.camera;

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
 * H.264 of made-up pictures for simulated cameras: 25 a second, every tenth a key frame, each in
 * several packets, and G.711 beside it. Threads: confined to the camera's loop.
 */
public final class TestScene implements SimMedia {
  private static final byte[] AVC_CONFIG =
      HexFormat.of()
          .parseHex(
              "0142c01effe100196742c01ed900a02ff97011000003000100000300320f162e4801000568cb83cb20");
  private static final int PICTURE_BYTES = 6_000;
  private static final int PICTURE_TICKS = 3_600;
  private static final int KEY_FRAME_EVERY = 10;
  private static final int SOUND_TICKS = 320;

  @Override
  public List<TrackFormat> formats() {
    return List.of(
        new TrackFormat.Video(
            Codec.H264, 90_000, Bytes.copyOf(AVC_CONFIG), 640, 360, "avc1.42c01e"),
        new TrackFormat.Audio(Codec.G711_ALAW, 8_000, Bytes.EMPTY, 1, "alaw"));
  }

  @Override
  public Playback play(ScheduledExecutorService loop, Listener listener) {
    ScheduledFuture<?> timer =
        loop.scheduleAtFixedRate(new Pictures(listener), 0, 40, TimeUnit.MILLISECONDS);
    return () -> timer.cancel(false);
  }

  /** Makes a picture and its sound at each call. */
  private static final class Pictures implements Runnable {
    private final Listener listener;
    private int count;

    Pictures(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void run() {
      boolean key = count % KEY_FRAME_EVERY == 0;
      ByteBuffer sample = ByteBuffer.allocate(4 + PICTURE_BYTES);
      sample.putInt(PICTURE_BYTES).put((byte) (key ? 0x65 : 0x41)).put((byte) 0x88);
      while (sample.hasRemaining()) {
        sample.put((byte) (5 + (sample.position() + count) % 200));
      }
      listener.sample(0, (long) count * PICTURE_TICKS, key, sample.array());
      listener.sample(1, (long) count * SOUND_TICKS, true, new byte[SOUND_TICKS]);
      count++;
    }
  }
}
