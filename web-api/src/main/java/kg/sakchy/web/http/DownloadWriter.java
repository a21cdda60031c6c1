package kg.sakchy.web.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Moves a stream to a client at the client's pace.
 *
 * <p>Chunks are read on a virtual thread and written on the event loop of the connection. At most
 * {@link #WINDOW} chunks are under way, so memory per download is bounded; a client that takes
 * nothing for the stall time, or goes away, ends the download at its next chunk. The head is sent
 * with the first chunk, so that a stream that cannot be read still gets a proper problem.
 *
 * <p>Threads: {@link #run} blocks and is called once, on a virtual thread.
 */
final class DownloadWriter {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int WINDOW = 4;

  private final Context context;
  private final HttpServerResponse response;
  private final Answer.Download download;
  private final Duration stall;
  private final Semaphore window = new Semaphore(WINDOW);
  private volatile boolean gone;
  private boolean headSent;

  DownloadWriter(
      Context context, HttpServerResponse response, Answer.Download download, Duration stall) {
    this.context = context;
    this.response = response;
    this.download = download;
    this.stall = stall;
  }

  /** The client is gone: stop at the next chunk. Any thread. */
  void abandon() {
    gone = true;
    window.release(WINDOW);
  }

  /** Whether the status line is out, so that no problem can be answered any more. */
  boolean headSent() {
    return headSent;
  }

  /**
   * Sends everything.
   *
   * @return how many bytes the client's connection took
   * @throws VmsException CANCELLED when the client went away, TIMEOUT when it stopped reading,
   *     DATA_LOSS when the stream ended early, or what the stream threw
   */
  long run() throws InterruptedException {
    long sent = 0;
    try (InputStream in = download.body().open()) {
      while (sent < download.length()) {
        byte[] chunk = in.readNBytes((int) Math.min(CHUNK_BYTES, download.length() - sent));
        if (chunk.length == 0) {
          throw new VmsException(
              ErrorKind.DATA_LOSS,
              "the stream ended " + (download.length() - sent) + " bytes early");
        }
        send(chunk, sent + chunk.length == download.length());
        sent += chunk.length;
      }
      await(WINDOW);
      return sent;
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the recording cannot be read", e);
    }
  }

  private void send(byte[] chunk, boolean last) throws InterruptedException {
    await(1);
    boolean first = !headSent;
    headSent = true;
    context.runOnContext(
        v -> {
          if (gone || response.closed()) {
            abandon();
            return;
          }
          if (first) {
            head();
          }
          Buffer buffer = Buffer.buffer(chunk);
          (last ? response.end(buffer) : response.write(buffer))
              .onSuccess(written -> window.release())
              .onFailure(e -> abandon());
        });
  }

  /** Waits until the client took so many chunks. */
  private void await(int chunks) throws InterruptedException {
    if (!window.tryAcquire(chunks, stall.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new VmsException(ErrorKind.TIMEOUT, "the client stopped reading");
    }
    if (gone) {
      throw new VmsException(ErrorKind.CANCELLED, "the client went away");
    }
  }

  private void head() {
    response.setStatusCode(download.status());
    download.headers().forEach(response::putHeader);
    response.putHeader("Content-Length", Long.toString(download.length()));
  }
}
