package kg.sakchy.storage.object.s3;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.config.ObjectStoreConfig.S3Config;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.storage.ObjectKey;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What a peer that is no proper store does to us: an error with the right kind, in time. */
class S3ObjectStoreFaultTest {
  private static final ObjectKey KEY = new ObjectKey("a/b");

  @Test
  void aServerThatAcceptsAndStaysSilentIsATimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        S3ObjectStore store =
            new S3ObjectStore(config(silent.getLocalPort()), Duration.ofMillis(200))) {
      assertFails(ErrorKind.TIMEOUT, store::check);
      assertFails(ErrorKind.TIMEOUT, () -> store.stat(KEY));
    }
  }

  @Test
  void aPortWithoutAServerIsUnavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (S3ObjectStore store = new S3ObjectStore(config(port))) {
      assertFails(ErrorKind.UNAVAILABLE, store::check);
    }
  }

  @Test
  void aWebServerThatIsNoStoreIsUnavailable() throws IOException {
    try (Answering server =
            new Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhello");
        S3ObjectStore store = new S3ObjectStore(config(server.port()))) {
      assertFails(ErrorKind.UNAVAILABLE, store::check);
    }
  }

  @Test
  void anOverloadedStoreIsUnavailable() throws IOException {
    String body = "<Error><Code>SlowDown</Code><Message>later</Message></Error>";
    try (Answering server =
            new Answering(
                "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
        S3ObjectStore store = new S3ObjectStore(config(server.port()))) {
      assertFails(ErrorKind.UNAVAILABLE, store::check);
    }
  }

  @Test
  void anObjectCutOffInTheMiddleIsNotItsEnd() throws IOException {
    try (Answering server =
            new Answering(
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-99/100\r\n"
                    + "Content-Length: 100\r\n\r\nonly this");
        S3ObjectStore store = new S3ObjectStore(config(server.port()))) {
      try (InputStream in = store.open(KEY, 0, 100)) {
        Assertions.assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aShorterRangeThanAskedForIsRefused() throws IOException {
    try (Answering server =
            new Answering(
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-3/4\r\n"
                    + "Content-Length: 4\r\n\r\nfour");
        S3ObjectStore store = new S3ObjectStore(config(server.port()))) {
      assertFails(ErrorKind.INVALID_ARGUMENT, () -> store.open(KEY, 0, 100).close());
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        S3ObjectStore store = new S3ObjectStore(config(silent.getLocalPort()))) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    assertFails(ErrorKind.CANCELLED, store::check);
                    interrupted.complete(Thread.currentThread().isInterrupted());
                  });
      silent.accept();
      caller.interrupt();
      assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static S3Config config(int port) {
    return new S3Config(
        "http://127.0.0.1:" + port, "us-east-1", "bucket", false, "user", new Secret("secret"));
  }

  /** Gives the same answer to every request and hangs up. */
  private static final class Answering implements AutoCloseable {
    private final ServerSocket socket;

    Answering(String answer) throws IOException {
      socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> serve(answer));
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve(String answer) {
      while (!socket.isClosed()) {
        try (Socket peer = socket.accept()) {
          readHead(peer.getInputStream());
          peer.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          // the client hung up, or the test is over
        }
      }
    }

    private static void readHead(InputStream in) throws IOException {
      int newLines = 0;
      while (newLines < 2) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
