package kg.sakchy.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;

/** Keeps what a depacketizer delivers, and holds it to the promises of the interface. */
public final class RecordedOutput implements Depacketizer.Output {
  /** One sample. */
  public record Sample(long pts, long dts, boolean keyFrame, Bytes data) {}

  public final List<TrackFormat> formats = new ArrayList<>();
  public final List<Sample> samples = new ArrayList<>();
  public final List<String> losses = new ArrayList<>();

  /**
   * Everything in order: {@code F} format, {@code K} key frame, {@code s} sample, {@code L} loss.
   */
  public final StringBuilder order = new StringBuilder();

  public long lostPackets;
  private boolean runBegins;
  private long lastDts;

  @Override
  public void format(TrackFormat format) {
    formats.add(format);
    order.append('F');
    runBegins = true;
  }

  @Override
  public void sample(long pts, long dts, boolean keyFrame, byte[] data) {
    assertThat(formats).as("a format before the first sample").isNotEmpty();
    assertThat(keyFrame || !runBegins).as("a run begins with a key frame").isTrue();
    assertThat(dts).as("decoding before presentation").isLessThanOrEqualTo(pts);
    if (!runBegins) {
      assertThat(dts).as("decoding time rises").isGreaterThan(lastDts);
    }
    assertThat(data).isNotEmpty();
    runBegins = false;
    lastDts = dts;
    samples.add(new Sample(pts, dts, keyFrame, Bytes.copyOf(data)));
    order.append(keyFrame ? 'K' : 's');
  }

  @Override
  public void lost(long packets, String reason) {
    assertThat(packets).isPositive();
    lostPackets += packets;
    losses.add(reason);
    order.append('L');
  }

  public List<Bytes> data() {
    return samples.stream().map(Sample::data).toList();
  }

  public List<Long> times() {
    return samples.stream().map(Sample::pts).toList();
  }
}
