package kg.sakchy.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.edge.EdgeReplay;
import kg.sakchy.core.edge.EdgeSpan;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Our client for cameras' recordings plays ours: another Sakchy can fill its gaps from this one.
 */
class OwnReplayTest {
  private static final StreamId STREAM = StreamId.main(new CameraId("gate"));
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  @RegisterExtension final ServerExtension it = new ServerExtension();

  @Test
  void everyPictureComesWithTheTimeItWasTaken() throws Exception {
    RecordedClip.H264.record(it.archive(), STREAM, START, 2);
    RecordedClip.H264.record(it.archive(), STREAM, START.plusSeconds(60), 2);
    it.start();
    List<Instant> pictures = new ArrayList<>();
    List<Instant> holes = new ArrayList<>();
    List<StreamFormat> formats = new ArrayList<>();
    CompletableFuture<String> ended = new CompletableFuture<>();
    TimeRange range = new TimeRange(START, START.plusSeconds(66));
    StreamSource source = StreamSource.parse(it.address("gate/main"), Transport.TCP);
    it.gateway()
        .replay()
        .start(
            new EdgeSpan(STREAM, range, source, Duration.ZERO),
            range,
            new EdgeReplay.Listener() {
              @Override
              public void format(StreamFormat format) {
                formats.add(format);
              }

              @Override
              public void sample(AccessUnit unit, Instant at, boolean discontinuity) {
                if (unit.track() == 0) {
                  pictures.add(at);
                  if (discontinuity) {
                    holes.add(at);
                  }
                }
              }

              @Override
              public void ended(@Nullable VmsException problem) {
                ended.complete(problem == null ? "" : problem.toLogLine());
              }
            });

    assertThat(ended.get(30, TimeUnit.SECONDS)).isEmpty();
    assertThat(formats.getFirst().tracks())
        .extracting(TrackFormat::codec)
        .containsExactly(Codec.H264, Codec.AAC);
    assertThat(pictures).hasSize(240);
    for (int i = 0; i < 240; i++) {
      Instant expected = START.plusSeconds(i < 120 ? 0 : 60).plusMillis(50L * (i % 120));
      assertThat(pictures.stream().sorted().toList().get(i)).isEqualTo(expected);
    }
    assertThat(holes).contains(START.plusSeconds(60));
  }
}
