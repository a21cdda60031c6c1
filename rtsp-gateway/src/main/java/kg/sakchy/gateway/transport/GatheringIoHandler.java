package kg.sakchy.gateway.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets bytes gather before it asks the kernel for them again. A camera sends a picture as a burst
 * of small packets; waking up for each costs far more than the work on it. While traffic flows,
 * this handler polls at most once per pause, and then reads whole pictures of many cameras. After
 * an idle time it reacts at once.
 *
 * <p>What it costs: up to one pause of delay per packet; tasks of other threads end the pause.
 */
final class GatheringIoHandler implements IoHandler {
  private final IoHandler delegate;
  private final LoopPace pace;
  private volatile @Nullable Thread pausing;
  private boolean busy;
  private long polledAt;

  private GatheringIoHandler(IoHandler delegate, LoopPace pace) {
    this.delegate = delegate;
    this.pace = pace;
  }

  /**
   * @param paces gives each loop its pace
   */
  static IoHandlerFactory factory(
      IoHandlerFactory delegate, Function<ThreadAwareExecutor, LoopPace> paces) {
    return executor -> new GatheringIoHandler(delegate.newHandler(executor), paces.apply(executor));
  }

  @Override
  public int run(IoHandlerContext context) {
    if (busy && context.canBlock()) {
      long now = System.nanoTime();
      long wait = Math.min(pace.nextPauseNanos() - (now - polledAt), context.delayNanos(now));
      if (wait > 0) {
        pausing = Thread.currentThread();
        if (context.canBlock()) { // a task that came before the line above woke nobody
          LockSupport.parkNanos(this, wait);
        }
        pausing = null;
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
    LockSupport.unpark(pausing);
    delegate.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return delegate.isCompatible(handleType);
  }
}
