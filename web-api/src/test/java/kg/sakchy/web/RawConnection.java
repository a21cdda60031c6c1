package kg.sakchy.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A TCP connection to the server for what a decent client would never send. */
final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private final Socket socket = new Socket();

  RawConnection(int port) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** The status line and the headers of the next answer. */
  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the server closed after: " + head);
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** What comes until {@code end} has come, with it. */
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (!text.toString(StandardCharsets.UTF_8).contains(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the server closed after: " + text);
      }
      text.write(next);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Everything until the server closes; a reset counts as the end too. */
  int readToEnd() throws IOException {
    byte[] buffer = new byte[8192];
    int total = 0;
    try {
      for (int count = 0; count >= 0; count = socket.getInputStream().read(buffer)) {
        total += count;
      }
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return total;
    }
    return total;
  }

  /** {@link #readToEnd} for another thread. */
  int readToEndOrFail() {
    try {
      return readToEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
