package kg.sakchy.gateway.view;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;

/** Waits for what a camera sends. Threads: {@link #await} blocks its caller. */
final class FormatWait implements StreamListener {
  private final CompletableFuture<StreamFormat> format = new CompletableFuture<>();

  private FormatWait() {}

  /**
   * The format of the run that is going on or begins within {@code patience}.
   *
   * @throws VmsException UNAVAILABLE with the reason when none does; CANCELLED when interrupted
   */
  static StreamFormat await(LiveStream stream, Duration patience) {
    StreamFormat known = stream.status().format();
    if (known != null) {
      return known;
    }
    FormatWait wait = new FormatWait();
    LiveStream.Subscription subscription = stream.subscribe(wait);
    try {
      return wait.format.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      Interruption last = stream.status().lastError();
      throw new VmsException(
          ErrorKind.UNAVAILABLE, last == null ? "the camera sends no pictures" : last.message(), e);
    } catch (ExecutionException e) {
      throw new VmsException(ErrorKind.INTERNAL, "waiting for a camera failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "nobody waits for the camera any more", e);
    } finally {
      subscription.close();
    }
  }

  @Override
  public void onFormat(StreamFormat begun) {
    format.complete(begun);
  }

  @Override
  public void onUnit(AccessUnit unit) {
    // only the format counts
  }
}
