package kg.sakchy.gateway.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets bytes gather before it asks the kernel for them again. A camera sends a picture as a burst
 * of small packets; waking up for each costs far more than the work on it. While traffic flows,
 * this handler polls at most once per pause, and then reads whole pictures of many cameras. After
 * an idle time it reacts at once.
 *
 * <p>What it costs: up to one pause of delay per packet, also for tasks of other threads.
 */
final class GatheringIoHandler implements IoHandler {
  private final IoHandler delegate;
  private final long pauseNanos;
  private boolean busy;
  private long polledAt;

  private GatheringIoHandler(IoHandler delegate, Duration pause) {
    this.delegate = delegate;
    pauseNanos = pause.toNanos();
  }

  static IoHandlerFactory factory(IoHandlerFactory delegate, Duration pause) {
    return executor -> new GatheringIoHandler(delegate.newHandler(executor), pause);
  }

  @Override
  public int run(IoHandlerContext context) {
    if (busy && context.canBlock()) {
      long now = System.nanoTime();
      long wait = Math.min(pauseNanos - (now - polledAt), context.delayNanos(now));
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      }
    }
    int handled = delegate.run(context);
    busy = handled > 0;
    polledAt = System.nanoTime();
    return handled;
  }

  @Override
  public void initialize() {
    delegate.initialize();
  }

  @Override
  public void prepareToDestroy() {
    delegate.prepareToDestroy();
  }

  @Override
  public void destroy() {
    delegate.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return delegate.register(handle);
  }

  @Override
  public void wakeup() {
    delegate.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return delegate.isCompatible(handleType);
  }
}
