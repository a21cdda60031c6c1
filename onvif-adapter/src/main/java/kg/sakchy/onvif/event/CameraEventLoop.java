package kg.sakchy.onvif.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.onvif.camera.RegisteredCamera;
import kg.sakchy.onvif.soap.DeviceSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears one camera: subscribes, waits for messages, renews, and begins again when that fails.
 *
 * <p>A camera that closes a waiting request has nothing to say, and is asked to wait less long. Two
 * failures in a row end a subscription; {@link SubscribeBackoff} says when to ask for another.
 *
 * <p>Threads: {@link #run} is confined to a virtual thread, whose interruption ends it; {@link
 * #farewell} may follow.
 */
final class CameraEventLoop implements Runnable {
  /** How long a camera may wait before it says that there is nothing. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** The same while something goes on whose end the camera may never tell. */
  static final Duration WATCHFUL_WAIT = Duration.ofSeconds(20);

  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(4);

  /** A request that ends sooner has failed; later, the camera did not want to wait longer. */
  private static final Duration REAL_WAIT = Duration.ofSeconds(2);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int FAILURES = 2;
  private static final String NO_RECEIVER =
      "; a camera that only notifies is heard where devices.notifications.host is set";

  private static final int MESSAGE_LIMIT = 100;
  private static final Logger log = LoggerFactory.getLogger(CameraEventLoop.class);

  private final RegisteredCamera camera;
  private final DeviceSession session;
  private final EventContext context;
  private final EventStates states;
  private final SubscribeBackoff backoff = new SubscribeBackoff(RandomGenerator.getDefault());
  private Duration patience = LONGEST_WAIT;
  private boolean noPullPoint;
  private String lastLogged = "";
  private volatile @Nullable Subscription current;

  CameraEventLoop(RegisteredCamera camera, EventContext context) {
    this.camera = camera;
    this.context = context;
    session = camera.session();
    states = new EventStates(camera.device().camera(), context.clock());
  }

  @Override
  public void run() {
    try {
      while (true) {
        context.pauses().pause(backoff.untilNext(now()));
        listen();
        current = null; // it lapses by itself; an interruption leaves it for the farewell
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() throws InterruptedException {
    try {
      if (noPullPoint) {
        beNotified();
      } else {
        pull();
      }
    } catch (VmsException e) {
      failed(e);
    }
  }

  private void failed(VmsException e) throws InterruptedException {
    String hint = "";
    switch (e.kind()) {
      case CANCELLED -> throw new InterruptedException();
      case UNAVAILABLE, TIMEOUT -> backoff.unreachable(now());
      default -> {
        boolean refusedPullPoint = !noPullPoint && current == null;
        noPullPoint = refusedPullPoint && e.kind() != ErrorKind.UNAUTHENTICATED;
        if (noPullPoint && context.receiver().isPresent()) {
          log.atDebug().addKeyValue("camera", camera.device().camera()).log("{}", e.toLogLine());
          return; // it is asked to notify instead, at once
        }
        hint = noPullPoint ? NO_RECEIVER : "";
        noPullPoint = false;
        backoff.refused(now());
      }
    }
    tell(e.toLogLine() + hint);
  }

  /** A silent camera is news once. */
  private void tell(String why) {
    if (!why.equals(lastLogged)) {
      lastLogged = why;
      log.atWarn().addKeyValue("camera", camera.device().camera()).log("no events: {}", why);
    }
  }

  private void pull() throws InterruptedException {
    learnClock();
    Subscription subscription = Subscription.pullPoint(session, context.clock());
    begun(subscription);
    try {
      synchronize(subscription);
      pullWhileItLasts(subscription);
    } finally {
      ended();
    }
  }

  private void begun(Subscription subscription) {
    backoff.granted(now());
    current = subscription;
    lastLogged = "";
    context.subscribed().incrementAndGet();
  }

  private void ended() {
    context.subscribed().decrementAndGet();
  }

  /** The times of events are the camera's; one that does not tell its time is taken to be right. */
  private void learnClock() {
    if (session.cameraClock().isStale()) {
      try {
        session.measureClock();
      } catch (VmsException e) {
        switch (e.kind()) {
          case CANCELLED, UNAVAILABLE, TIMEOUT -> throw e;
          default -> {}
        }
      }
    }
  }

  /** A camera that does not know this tells its states unasked, or not at all. */
  private void synchronize(Subscription subscription) {
    try {
      subscription.synchronize();
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.CANCELLED) {
        throw e;
      }
    }
  }

  private void pullWhileItLasts(Subscription subscription) throws InterruptedException {
    int failures = 0;
    while (failures < FAILURES) {
      Duration wait = wait(subscription.lease());
      long began = now();
      boolean renewing = subscription.lease().endsWithin(wait, began);
      try {
        if (renewing) {
          learnClock();
          subscription.renew();
        }
        renewing = false;
        List<Notification> messages = subscription.pull(wait, MESSAGE_LIMIT);
        failures = 0;
        hear(messages);
        if (messages.isEmpty() && now() - began < REAL_WAIT.toNanos()) {
          context.pauses().pause(AFTER_FAILURE); // a camera that does not wait is not asked at once
        }
      } catch (VmsException e) {
        if (e.kind() == ErrorKind.CANCELLED) {
          throw e;
        }
        Duration waited = Duration.ofNanos(now() - began);
        if (!renewing && isOnlyImpatient(e, waited)) {
          patience = longer(SHORTEST_WAIT, waited.minusSeconds(1));
        } else {
          failures++;
          boolean moved = e.kind() == ErrorKind.UNAVAILABLE && subscription.moveToDevicePort();
          context.pauses().pause(moved ? Duration.ZERO : AFTER_FAILURE);
        }
      }
      expire();
    }
  }

  private static boolean isOnlyImpatient(VmsException e, Duration waited) {
    boolean closed = e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.TIMEOUT;
    return closed && waited.compareTo(REAL_WAIT) >= 0;
  }

  private Duration wait(Lease lease) {
    Duration wait = states.awaitsExpiry() ? shorter(patience, WATCHFUL_WAIT) : patience;
    return longer(Duration.ofSeconds(2), shorter(wait, lease.granted().dividedBy(3)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private synchronized void hear(List<Notification> messages) {
    Duration offset = session.cameraClock().offset().orElse(Duration.ZERO);
    List<CameraEvent> events =
        messages.stream().map(each -> states.take(each, offset)).flatMap(Optional::stream).toList();
    context.journal().add(events);
  }

  private void beNotified() throws InterruptedException {
    NotificationReceiver receiver = context.receiver().orElseThrow();
    try (NotificationReceiver.Mailbox mailbox =
        receiver.open(camera.device().address().service(), this::notified)) {
      learnClock();
      Subscription subscription =
          Subscription.notifying(session, context.clock(), mailbox.address());
      begun(subscription);
      try {
        synchronize(subscription);
        renewWhileItLasts(subscription);
      } finally {
        ended();
      }
    }
  }

  private void renewWhileItLasts(Subscription subscription) throws InterruptedException {
    int failures = 0;
    while (failures < FAILURES) {
      Duration look = shorter(WATCHFUL_WAIT, subscription.lease().granted().dividedBy(3));
      context.pauses().pause(look);
      expire();
      if (subscription.lease().endsWithin(look, now())) {
        try {
          subscription.renew();
          failures = 0;
        } catch (VmsException e) {
          if (e.kind() == ErrorKind.CANCELLED) {
            throw e;
          }
          failures++;
        }
      }
    }
  }

  private synchronized void expire() {
    context.journal().add(states.expired());
  }

  /** A Notify came; whoever sends rubbish there is not heard. */
  private void notified(byte[] body) {
    List<Notification> messages;
    try {
      messages = NotificationReader.readNotify(body);
    } catch (VmsException e) {
      log.atDebug().addKeyValue("camera", camera.device().camera()).log("{}", e.toLogLine());
      return;
    }
    hear(messages);
  }

  /** Whether the camera has granted a subscription that is still believed in. */
  boolean isSubscribed() {
    return current != null;
  }

  /** Ends the subscription, for when this server shuts down. Blocks; never fails. */
  void farewell() {
    Subscription last = current;
    if (last != null) {
      try {
        last.unsubscribe();
      } catch (VmsException e) {
        log.atDebug().addKeyValue("camera", camera.device().camera()).log("{}", e.toLogLine());
      }
    }
  }

  private long now() {
    return context.clock().nanoTime();
  }
}
