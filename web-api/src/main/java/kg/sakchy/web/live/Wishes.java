package kg.sakchy.web.live;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the client wants and how far it is, as its thread finds it: only the latest wish counts, so
 * that a client that seeks fifty times a second is served once for each time the server is ready.
 *
 * <p>Threads: the socket's loop says, the viewer's thread waits.
 */
final class Wishes {
  private final Bell bell = new Bell();
  private final AtomicReference<@Nullable Wish> next = new AtomicReference<>();
  private volatile ClientMessage.Position position = new ClientMessage.Position(-1, 0);
  private volatile boolean over;

  /** A new wish, which takes the place of one that was not begun. */
  void wish(Wish wish) {
    next.set(wish);
    bell.ring();
  }

  /** How far the client has played. */
  void position(ClientMessage.Position heard) {
    position = heard;
    bell.ring();
  }

  /** How far the client has played of a wish, in ticks of media time; 0 before it has said so. */
  long position(Wish wish) {
    ClientMessage.Position heard = position;
    return heard.sequence() == wish.sequence() ? heard.ticks() : 0;
  }

  /** Nobody is there any more. */
  void end() {
    over = true;
    bell.ring();
  }

  /** Something else may have changed. */
  void ring() {
    bell.ring();
  }

  /** Whether what is being shown is wanted no longer. */
  boolean areOthers() {
    return over || next.get() != null;
  }

  /** The next wish; null when the client is gone. */
  @Nullable Wish take() {
    bell.await(this::areOthers);
    return over ? null : next.getAndSet(null);
  }

  /** Waits until {@code ready} or until something else is wanted. */
  void await(BooleanSupplier ready) {
    bell.await(() -> areOthers() || ready.getAsBoolean());
  }

  /** As {@link #await(BooleanSupplier)}, for a time at most. */
  void await(BooleanSupplier ready, Duration limit) {
    bell.await(() -> areOthers() || ready.getAsBoolean(), limit);
  }
}
