package kg.sakchy.onvif.event;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.time.VmsClock;

/**
 * What the event loops of all cameras share.
 *
 * @param clock for everything but waiting
 * @param pauses how a loop waits
 * @param journal takes the events
 * @param receiver for cameras without pull points; without it such cameras stay silent
 * @param subscribed how many cameras have a subscription now
 */
record EventContext(
    VmsClock clock,
    Pauses pauses,
    EventJournal journal,
    Optional<NotificationReceiver> receiver,
    AtomicInteger subscribed) {
  /** Waits; a test turns a clock instead. */
  interface Pauses {
    void pause(Duration duration) throws InterruptedException;
  }
}
