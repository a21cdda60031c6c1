package kg.sakchy.gateway.server;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.camera.TestScene;
import kg.sakchy.sim.SimMedia;

/** Made-up pictures of 100 KB, 25 a second, every tenth a key frame: 20 Mbit/s. */
final class LargeScene implements SimMedia {
  private static final int BYTES = 100_000;

  @Override
  public List<TrackFormat> formats() {
    return new TestScene().formats().subList(0, 1);
  }

  @Override
  public Playback play(ScheduledExecutorService loop, Listener listener) {
    int[] count = {0};
    ScheduledFuture<?> timer =
        loop.scheduleAtFixedRate(
            () -> {
              boolean key = count[0] % 10 == 0;
              ByteBuffer sample = ByteBuffer.allocate(4 + BYTES);
              sample.putInt(BYTES).put((byte) (key ? 0x65 : 0x41)).put((byte) 0x88);
              while (sample.hasRemaining()) {
                sample.put((byte) (5 + sample.position() % 200));
              }
              listener.sample(0, count[0]++ * 3_600L, key, sample.array());
            },
            0,
            40,
            TimeUnit.MILLISECONDS);
    return () -> timer.cancel(false);
  }
}
