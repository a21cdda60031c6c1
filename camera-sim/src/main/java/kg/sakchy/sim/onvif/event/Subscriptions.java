package kg.sakchy.sim.onvif.event;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/** All subscriptions of a device. Threads: confined to the loop. */
final class Subscriptions {
  private static final String PULL_ACTION =
      "http://www.onvif.org/ver10/events/wsdl/PullPointSubscription/PullMessagesResponse";
  private static final int MAX_SUBSCRIPTIONS = 10;
  private static final int STUCK_PULL_POINTS = 5;

  private final DeviceState device;
  private final ScheduledExecutorService loop;
  private final EventMessage messages;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private final AtomicInteger waiting;
  private final AtomicInteger count;
  private int nextId = 1;
  private int pullPointsCreated;

  Subscriptions(
      DeviceState device,
      ScheduledExecutorService loop,
      AtomicInteger waiting,
      AtomicInteger count) {
    this.device = device;
    this.loop = loop;
    this.messages = new EventMessage(device);
    this.waiting = waiting;
    this.count = count;
  }

  /**
   * A new subscription.
   *
   * @param consumer where messages are posted, or null for a pull point
   * @throws SoapFault if there are too many
   */
  Subscription open(TopicFilter filter, Duration term, @Nullable NotifyClient consumer) {
    sweep();
    boolean stuck =
        device.has(SimQuirk.PULL_POINTS_STUCK)
            && consumer == null
            && ++pullPointsCreated > STUCK_PULL_POINTS;
    if (stuck || subscriptions.size() >= MAX_SUBSCRIPTIONS) {
      throw SoapFault.notification(
          consumer == null
              ? "wsnt:UnableToCreatePullPointFault"
              : "wsnt:SubscribeCreationFailedFault",
          XsdTime.format(device.clock().now()),
          "too many subscriptions");
    }
    Subscription subscription = new Subscription(String.valueOf(nextId++), filter, term, consumer);
    extend(subscription, term);
    subscriptions.put(subscription.id(), subscription);
    count.set(subscriptions.size());
    return subscription;
  }

  /** It lives for so long from now. */
  void extend(Subscription subscription, Duration term) {
    subscription.expiresAt(device.clock().nanoTime() + term.toNanos());
  }

  /** When it ends, on the device's clock. */
  Instant terminationTime(Subscription subscription) {
    return device.clock().now().plusNanos(subscription.expiresNanos() - device.clock().nanoTime());
  }

  @Nullable Subscription find(String id) {
    sweep();
    return subscriptions.get(id);
  }

  private void sweep() {
    long now = device.clock().nanoTime();
    List<Subscription> over =
        subscriptions.values().stream().filter(each -> each.expired(now)).toList();
    over.forEach(this::close);
  }

  /** Ends one; a long poll of it gets a fault. */
  void close(Subscription subscription) {
    subscriptions.remove(subscription.id());
    count.set(subscriptions.size());
    Subscription.Pull pull = takePull(subscription);
    if (pull != null) {
      pull.answer().answer().completeExceptionally(unknown());
    }
  }

  void closeAll() {
    List.copyOf(subscriptions.values()).forEach(this::close);
  }

  /** All are forgotten, long polls cut. */
  void clear() {
    dropPulls();
    subscriptions.clear();
    count.set(0);
    pullPointsCreated = 0;
  }

  void dropPulls() {
    for (Subscription subscription : subscriptions.values()) {
      Subscription.Pull pull = takePull(subscription);
      if (pull != null) {
        pull.answer().answer().cancel(false);
      }
    }
  }

  private Subscription.@Nullable Pull takePull(Subscription subscription) {
    Subscription.Pull pull = subscription.takePull();
    if (pull != null) {
      waiting.decrementAndGet();
    }
    return pull;
  }

  /** A subscription that is not there (WS-ResourceFramework). */
  SoapFault unknown() {
    return SoapFault.notification(
        "wsrfr:ResourceUnknownFault", XsdTime.format(device.clock().now()), "no such subscription");
  }

  /** States a new subscriber must know, or one that asks again. */
  void synchronize(Subscription subscription, List<SimEvent> states) {
    states.forEach(state -> offer(subscription, state));
  }

  /** Something happened. */
  void deliver(SimEvent event) {
    sweep();
    for (Subscription subscription : List.copyOf(subscriptions.values())) {
      offer(subscription, event);
    }
  }

  private void offer(Subscription subscription, SimEvent event) {
    if (!subscription.filter().passes(event.topic())) {
      return;
    }
    String message = messages.write(event);
    NotifyClient consumer = subscription.consumer();
    if (consumer != null) {
      consumer.post(message);
      return;
    }
    subscription.queue(message);
    Subscription.Pull pull = takePull(subscription);
    if (pull != null) {
      pull.answer().answer().complete(answer(subscription, pull.limit()));
    }
  }

  /** Messages, at once or as soon as there are any, or none when the time is over. */
  SoapAnswer pull(Subscription subscription, Duration timeout, int limit, Duration cut) {
    Subscription.Pull other = takePull(subscription);
    if (other != null) {
      other.answer().answer().complete(answer(subscription, 0));
    }
    if (subscription.hasMessages() || timeout.isZero()) {
      return answer(subscription, limit);
    }
    SoapAnswer.Later later = new SoapAnswer.Later(new CompletableFuture<>());
    boolean isCut = device.has(SimQuirk.PULL_CUT) && cut.compareTo(timeout) < 0;
    ScheduledFuture<?> timer =
        loop.schedule(
            () -> end(subscription, later, isCut),
            (isCut ? cut : timeout).toNanos(),
            TimeUnit.NANOSECONDS);
    subscription.pull(new Subscription.Pull(later, limit, timer));
    waiting.incrementAndGet();
    later
        .answer()
        .whenComplete(
            (done, failure) -> {
              if (subscription.isPulling(later)) {
                takePull(subscription);
              }
            });
    return later;
  }

  private void end(Subscription subscription, SoapAnswer.Later later, boolean cut) {
    if (!subscription.isPulling(later)) {
      return;
    }
    takePull(subscription);
    if (cut) {
      later.answer().cancel(false);
    } else {
      later.answer().complete(answer(subscription, 0));
    }
  }

  private SoapAnswer.Now answer(Subscription subscription, int limit) {
    if (!device.has(SimQuirk.PULL_DOES_NOT_EXTEND)
        && terminationTime(subscription).isBefore(device.clock().now().plus(subscription.term()))) {
      extend(subscription, subscription.term());
    }
    Xml xml = new Xml().begin("tev:PullMessagesResponse");
    terms(xml, "tev", subscription);
    subscription.take(limit).forEach(xml::raw);
    return new SoapAnswer.Now(xml.end().finish(), PULL_ACTION);
  }

  /** CurrentTime and TerminationTime, and what some devices make of them. */
  void terms(Xml xml, String prefix, Subscription subscription) {
    Instant now = device.clock().now();
    xml.leaf(prefix + ":CurrentTime", XsdTime.format(now))
        .leaf(prefix + ":TerminationTime", XsdTime.format(shownTermination(subscription, now)));
  }

  Instant shownTermination(Subscription subscription, Instant now) {
    if (device.has(SimQuirk.TERMINATION_TIME_NOW)) {
      return now;
    }
    return device.has(SimQuirk.TERMINATION_TIME_WRONG)
        ? Instant.EPOCH.plus(subscription.term())
        : terminationTime(subscription);
  }
}
