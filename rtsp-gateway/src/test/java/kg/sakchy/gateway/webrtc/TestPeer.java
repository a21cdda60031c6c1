package kg.sakchy.gateway.webrtc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.gateway.webrtc.dtls.DtlsKeys;
import kg.sakchy.gateway.webrtc.dtls.TestDtlsClient;
import kg.sakchy.gateway.webrtc.sdp.SampleOffer;
import kg.sakchy.gateway.webrtc.stun.TestChecks;
import org.jspecify.annotations.Nullable;

/**
 * A player of our own making over UDP: checks, DTLS as the client, and what comes as it is.
 * Threads: one reader; the rest confined to the test's.
 */
final class TestPeer implements AutoCloseable {
  static final String UFRAG = "peer";
  private static final int WAIT_SECONDS = 10;

  private final java.net.DatagramSocket socket;
  private final Thread reader;
  final TestDtlsClient dtls;
  final BlockingQueue<byte[]> stun = new LinkedBlockingQueue<>();
  final BlockingQueue<byte[]> rtp = new LinkedBlockingQueue<>();
  private @Nullable InetSocketAddress server;
  private String serverUfrag = "";
  private String serverPassword = "";

  TestPeer() throws IOException {
    socket = new java.net.DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(200);
    dtls = new TestDtlsClient(new SecureRandom(), Instant.now(), this::send);
    reader = Thread.ofPlatform().daemon().name("peer").start(this::read);
  }

  /** An offer of this peer, who takes H.264 under payload type 106. */
  String offer() {
    return offer(dtls.fingerprint());
  }

  static String offer(String fingerprint) {
    return SampleOffer.text(UFRAG, fingerprint, "106", SampleOffer.h264(106, "42e01f", 1));
  }

  void answered(String answer, InetSocketAddress at) {
    server = at;
    serverUfrag = value(answer, "ice-ufrag");
    serverPassword = value(answer, "ice-pwd");
    dtls.expect(value(answer, "fingerprint"));
  }

  static String value(String answer, String attribute) {
    Matcher found = Pattern.compile("a=" + attribute + ":([^\r]*)").matcher(answer);
    if (!found.find()) {
      throw new AssertionError("no " + attribute);
    }
    return found.group(1);
  }

  private void send(byte[] packet) {
    try {
      socket.send(new DatagramPacket(packet, packet.length, server));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void sendRaw(byte[] packet) {
    send(packet);
  }

  byte[] check() {
    return TestChecks.request(serverUfrag + ":" + UFRAG, serverPassword, true);
  }

  String serverUfrag() {
    return serverUfrag;
  }

  String serverPassword() {
    return serverPassword;
  }

  /** Checks, and waits for the answer. */
  byte[] checked() throws InterruptedException {
    send(check());
    byte[] answer = stun.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("no answer to a check");
    }
    return answer;
  }

  /** The whole way to the first packet of media. */
  DtlsKeys connect() throws InterruptedException {
    checked();
    return dtls.connect();
  }

  private void read() {
    byte[] buffer = new byte[2048];
    while (!socket.isClosed()) {
      try {
        DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
        socket.receive(datagram);
        sort(Arrays.copyOf(buffer, datagram.getLength()));
      } catch (SocketTimeoutException e) {
        // looks whether it is closed
      } catch (IOException e) {
        return;
      }
    }
  }

  private void sort(byte[] packet) {
    int first = packet[0] & 0xff;
    if (first < 20) {
      stun.add(packet);
    } else if (first < 64) {
      dtls.received(packet);
    } else {
      rtp.add(packet);
    }
  }

  /** The next packet of that kind, which the test expects soon. */
  byte[] next(boolean rtcp) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (System.nanoTime() < end) {
      byte[] packet = rtp.poll(100, TimeUnit.MILLISECONDS);
      if (packet != null && isRtcp(packet) == rtcp) {
        return packet;
      }
    }
    throw new AssertionError("no packet came");
  }

  static boolean isRtcp(byte[] packet) {
    int type = packet[1] & 0xff;
    return type >= 192 && type <= 223;
  }

  static int sequence(byte[] rtpPacket) {
    return ByteBuffer.wrap(rtpPacket).getShort(2) & 0xffff;
  }

  @Override
  public void close() {
    dtls.close();
    socket.close();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
