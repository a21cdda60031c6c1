package kg.sakchy.onvif.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.Eventually;
import kg.sakchy.core.config.NotificationConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.event.NotificationReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The port as cameras, and others, knock at it: bytes on sockets. */
class NotificationServerTest {
  private static final URI CAMERA = URI.create("http://127.0.0.1:8000/onvif/device_service");
  private static final URI OTHER_CAMERA = URI.create("http://127.0.0.2/onvif/device_service");
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private final NotificationServer server =
      NotificationServer.listen(new NotificationConfig("0.0.0.0", 0, ""), PATIENCE);
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    server.close();
  }

  private NotificationReceiver.Mailbox mailbox() {
    return server.open(CAMERA, body -> heard.add(new String(body, StandardCharsets.UTF_8)));
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.setSoTimeout(10_000);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return socket;
  }

  /** The status of the next answer; empty when the connection is closed instead. */
  private static String status(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    try {
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        head.append((char) c);
        if (head.toString().endsWith("\r\n\r\n")) {
          return head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
        }
      }
    } catch (java.net.SocketException e) {
      return ""; // reset: closed while we still wrote
    }
    return "";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String post(String target, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(target, body.length(), body);
  }

  private String answer(String request) throws IOException {
    Socket socket = connect("127.0.0.1");
    write(socket, request);
    return status(socket);
  }

  @Test
  void takesWhatTheCameraSendsOneAfterTheOther() throws Exception {
    URI address = mailbox().address();
    assertThat(address.toString()).startsWith("http://127.0.0.1:" + server.port() + "/");
    assertThat(address.toString().length()).as("longer ones crash cameras").isLessThan(64);
    assertThat(mailbox().address()).isNotEqualTo(address);
    Socket socket = connect("127.0.0.1");
    write(socket, post(address.getPath(), "<a/>"));
    assertThat(status(socket)).isEqualTo("200");
    write(socket, post(address.toString(), "<b/>")); // some write the whole address
    assertThat(status(socket)).isEqualTo("200");
    write(
        socket,
        "POST "
            + address.getPath()
            + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<c/>\r\n0\r\n\r\n");
    assertThat(status(socket)).isEqualTo("200");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("<a/>");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("<b/>");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("<c/>");
    assertThat(server.refused()).isZero();
  }

  @Test
  void aCameraThatAsksFirstIsToldToGoOn() throws Exception {
    Socket socket = connect("127.0.0.1");
    write(
        socket,
        "POST "
            + mailbox().address().getPath()
            + " HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    assertThat(status(socket)).isEqualTo("100");
    write(socket, "<a/>");
    assertThat(status(socket)).isEqualTo("200");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("<a/>");
  }

  @Test
  void onlyTheCameraMaySendAndOthersDoNotLearnThatThereIsSomething() throws Exception {
    String path = server.open(OTHER_CAMERA, body -> heard.add("taken")).address().getPath();
    assertThat(answer(post(path, "<a/>"))).isEqualTo("404");
    assertThat(answer(post("/AAAAAAAAAAAAAAAA", "<a/>"))).isEqualTo("404");
    assertThat(server.refused()).isEqualTo(2);
    Socket camera = connect("127.0.0.2");
    write(camera, post(path, "<a/>"));
    assertThat(status(camera)).isEqualTo("200");
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("taken");
  }

  @Test
  void aClosedAddressTakesNothing() throws Exception {
    NotificationReceiver.Mailbox mailbox = mailbox();
    mailbox.close();
    assertThat(answer(post(mailbox.address().getPath(), "<a/>"))).isEqualTo("404");
    assertThat(heard).isEmpty();
  }

  @Test
  void bodiesAreBoundedWhateverIsAnnounced() throws Exception {
    String path = mailbox().address().getPath();
    String line = "POST " + path + " HTTP/1.1\r\n";
    assertThat(answer(line + "Content-Length: 262145\r\n\r\n")).isEqualTo("413");
    Socket chunks = connect("127.0.0.1");
    write(chunks, line + "Transfer-Encoding: chunked\r\n\r\n");
    String chunk = "1000\r\n" + "x".repeat(4_096) + "\r\n";
    try {
      for (int i = 0; i < 65; i++) {
        write(chunks, chunk);
      }
      assertThat(status(chunks)).isIn("413", "");
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset"); // it hung up before all was written
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void whatIsNoNotifyIsRefused() throws Exception {
    String path = mailbox().address().getPath();
    assertThat(answer("GET " + path + " HTTP/1.1\r\n\r\n")).isEqualTo("405");
    assertThat(answer("GET / HTTP/1.1\r\n\r\n")).isEqualTo("404");
    assertThat(answer("\u0016\u0003\u0001 no HTTP at all\r\n\r\n")).isEqualTo("400");
    assertThat(answer("POST " + path + " HTTP/1.1\r\nX: " + "y".repeat(9_000) + "\r\n\r\n"))
        .isEqualTo("400");
    assertThat(heard).isEmpty();
  }

  @Test
  void whoIsSlowIsHungUpOnHoweverBytesDrip() throws Exception {
    Socket silent = connect("127.0.0.1");
    assertThat(status(silent)).isEmpty();
    Socket dripping = connect("127.0.0.1");
    long began = System.nanoTime();
    try {
      write(dripping, "POST " + mailbox().address().getPath() + " HTTP/1.1\r\nX: ");
      while (System.nanoTime() - began < Duration.ofSeconds(20).toNanos()) {
        write(dripping, "y");
        Thread.sleep(10);
      }
    } catch (IOException e) {
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
      return;
    }
    throw new AssertionError("the connection lived on");
  }

  @Test
  void oneHostHasOnlySoManyConnections() throws Exception {
    String path = mailbox().address().getPath();
    List<Socket> first = new ArrayList<>();
    for (int i = 0; i < ConnectionLimit.MOST_FROM_ONE_HOST; i++) {
      Socket socket = connect("127.0.0.3");
      write(socket, post(path, "<a/>"));
      first.add(socket);
    }
    Socket tooMany = connect("127.0.0.3");
    assertThat(status(tooMany)).as("closed without an answer").isEmpty();
    Socket other = connect("127.0.0.1");
    write(other, post(path, "<b/>"));
    assertThat(status(other)).isEqualTo("200");
    for (Socket socket : first) {
      assertThat(status(socket)).isEqualTo("404");
    }
    Eventually.holds("room again", () -> isTaken("127.0.0.3", path));
  }

  private boolean isTaken(String from, String path) {
    try {
      Socket socket = connect(from);
      write(socket, post(path, "<a/>"));
      return !status(socket).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aCameraThatSendsFasterThanWeReadIsToldSo() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    NotificationReceiver.Mailbox mailbox =
        server.open(
            CAMERA,
            body -> {
              try {
                gate.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    String large = post(mailbox.address().getPath(), "x".repeat(200_000));
    int taken = 0;
    while (answer(large).equals("200")) {
      taken++;
    }
    assertThat(taken).isBetween(5, 6);
    assertThat(server.refused()).isPositive();
    gate.countDown();
    Eventually.holds("read", () -> isTaken("127.0.0.1", mailbox.address().getPath()));
  }

  @Test
  void aTakenPortIsSaid() {
    assertThatThrownBy(
            () -> NotificationServer.listen(new NotificationConfig("0.0.0.0", server.port(), "")))
        .isInstanceOfSatisfying(
            VmsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION);
              assertThat(e).hasMessageContaining("devices.notifications");
            });
  }

  @Test
  void aCameraWhoseNameIsNotKnownIsUnreachable() {
    assertThatThrownBy(() -> server.open(URI.create("http://no-such-host.invalid/x"), b -> {}))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  @Test
  void camerasAreToldWhatTheAdministratorSays() throws Exception {
    InetSocketAddress all = new InetSocketAddress("0.0.0.0", 8090);
    InetAddress camera = InetAddress.getLoopbackAddress();
    assertThat(new ReturnAddress(all, "").to(camera, "/x"))
        .isEqualTo(URI.create("http://127.0.0.1:8090/x"));
    assertThat(new ReturnAddress(new InetSocketAddress("127.0.0.7", 1), "").to(camera, "/x"))
        .isEqualTo(URI.create("http://127.0.0.7:1/x"));
    assertThat(new ReturnAddress(all, "vms.example").to(camera, "/x"))
        .isEqualTo(URI.create("http://vms.example:8090/x"));
    assertThat(new ReturnAddress(all, "192.0.2.7:80").to(camera, "/x"))
        .isEqualTo(URI.create("http://192.0.2.7:80/x"));
    assertThat(new ReturnAddress(all, "[2001:db8::1]").to(camera, "/x"))
        .isEqualTo(URI.create("http://[2001:db8::1]:8090/x"));
  }
}
