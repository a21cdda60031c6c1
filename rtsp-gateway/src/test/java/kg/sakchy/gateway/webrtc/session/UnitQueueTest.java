package kg.sakchy.gateway.webrtc.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.junit.jupiter.api.Test;

class UnitQueueTest {
  private static final StreamFormat FORMAT =
      new StreamFormat(
          List.of(new TrackFormat.Video(Codec.H264, 90_000, Bytes.EMPTY, 640, 360, "avc1")));

  private final AtomicInteger dropped = new AtomicInteger();
  private final UnitQueue queue = new UnitQueue(task -> {}, () -> {}, dropped::incrementAndGet);

  private static AccessUnit unit(boolean key, int size) {
    return new AccessUnit(0, 0, 0, key, new byte[size], Instant.EPOCH, 0);
  }

  @Test
  void whatFindsNoRoomIsLeftOutUpToTheNextKeyFrame() {
    queue.onFormat(FORMAT);
    queue.onUnit(unit(true, (int) UnitQueue.MAX_BYTES));
    queue.onUnit(unit(false, 1));
    assertThat(dropped).hasValue(1);
    assertThat(queue.poll()).isInstanceOf(UnitQueue.Event.Format.class);
    assertThat(queue.poll()).isInstanceOf(UnitQueue.Event.Unit.class);
    queue.onUnit(unit(false, 1));
    assertThat(dropped).as("cannot be decoded without the one before").hasValue(2);
    queue.onUnit(unit(true, 1));
    queue.onUnit(unit(false, 1));
    assertThat(dropped).hasValue(2);
    assertThat(queue.poll()).isNotNull();
    assertThat(queue.poll()).isNotNull();
    assertThat(queue.poll()).isNull();
  }
}
