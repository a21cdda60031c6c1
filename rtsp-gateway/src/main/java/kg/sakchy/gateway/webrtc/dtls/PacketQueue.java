package kg.sakchy.gateway.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The records of one session, between the network's event loop and the thread that talks DTLS. Full
 * means that the peer floods; more is lost, as on any network.
 *
 * <p>Threads: {@link #offer} and {@link #interrupt} from any thread, the rest from the DTLS thread.
 */
final class PacketQueue implements DatagramTransport {
  private static final int RECEIVE_BYTES = 2048;

  /** Records leave in packets that fit every path (RFC 8261 §5 counts with 1200). */
  private static final int SEND_BYTES = 1200;

  private static final int CAPACITY = 64;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> packets = new ArrayBlockingQueue<>(CAPACITY);
  private final Consumer<byte[]> out;
  private volatile boolean closed;

  PacketQueue(Consumer<byte[]> out) {
    this.out = out;
  }

  /** Adds what came; false if there is no room. */
  boolean offer(byte[] packet) {
    return packets.offer(packet);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_BYTES;
  }

  @Override
  public int getSendLimit() {
    return SEND_BYTES;
  }

  /** Waits for a packet; -1 when none came in time. */
  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    byte[] packet = poll(waitMillis);
    if (packet == null) {
      return -1;
    }
    if (packet == END) {
      throw new InterruptedIOException("the session ends");
    }
    int size = Math.min(length, packet.length);
    System.arraycopy(packet, 0, buffer, offset, size);
    return size;
  }

  private byte @Nullable [] poll(int waitMillis) throws InterruptedIOException {
    try {
      return packets.poll(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the session ends");
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    byte[] packet = new byte[length];
    System.arraycopy(buffer, offset, packet, 0, length);
    out.accept(packet);
  }

  /** Lets who waits know that the session ends here; what may be sent still leaves. */
  void interrupt() {
    while (!packets.offer(END)) {
      packets.poll();
    }
  }

  /** Called by the protocol when the peer said goodbye, or either side failed. */
  @Override
  public void close() {
    closed = true;
    interrupt();
  }
}
