package kg.sakchy.gateway.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;

/** A listener that keeps what it is told, for tests to wait for. Threads: safe for use by many. */
public final class EventRecorder implements StreamListener {
  private static final long WAIT_NANOS = 20_000_000_000L;

  /** Newest events that an error message shows. */
  private static final int SHOWN = 30;

  private final List<Object> events = new ArrayList<>();

  private synchronized void add(Object event) {
    events.add(event);
    notifyAll();
  }

  @Override
  public void onFormat(StreamFormat format) {
    add(format);
  }

  @Override
  public void onUnit(AccessUnit unit) {
    add(unit);
  }

  @Override
  public void onLoss(PacketLoss loss) {
    add(loss);
  }

  @Override
  public void onSenderReport(SenderReport report) {
    add(report);
  }

  @Override
  public void onInterrupted(Interruption interruption) {
    add(interruption);
  }

  /** All events so far. */
  public synchronized List<Object> events() {
    return List.copyOf(events);
  }

  /** All events so far of a type. */
  public <T> List<T> all(Class<T> type) {
    return events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits until there are {@code count} events of a type; returns the last of them. */
  public <T> T await(Class<T> type, int count) throws InterruptedException {
    await(ignored -> all(type).size() >= count, count + " x " + type.getSimpleName());
    return all(type).get(count - 1);
  }

  /** Waits for an interruption whose message has these words. */
  public Interruption awaitInterruption(String words) throws InterruptedException {
    Predicate<Interruption> wanted = each -> each.message().contains(words);
    await(ignored -> all(Interruption.class).stream().anyMatch(wanted), "interruption: " + words);
    return all(Interruption.class).stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits for a run of this width. */
  public void awaitWidth(int width) throws InterruptedException {
    await(
        ignored -> all(StreamFormat.class).stream().anyMatch(each -> each.video().width() == width),
        "a run of width " + width);
  }

  private synchronized void await(Predicate<EventRecorder> condition, String what)
      throws InterruptedException {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!condition.test(this)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("did not come: " + what + "; came: " + summary());
      }
      wait(left);
    }
  }

  private List<String> summary() {
    return events.stream()
        .skip(Math.max(0, events.size() - SHOWN))
        .map(
            event ->
                event instanceof AccessUnit unit
                    ? "unit " + unit.track() + (unit.keyFrame() ? "K" : "") + " " + unit.dts()
                    : event.toString())
        .toList();
  }
}
