package kg.sakchy.gateway.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DTLS with one peer, from its first record to the farewell of either side, on a virtual thread. No
 * cookies are exchanged: records are taken only from addresses that passed a check of ICE.
 *
 * <p>Threads: every method may be called from any thread and none blocks; the listener is called on
 * the conversation's thread.
 */
public final class DtlsConversation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsConversation.class);

  /** How often it looks whether it is closed; no record is waited for less. */
  private static final int POLL_MILLIS = 60_000;

  private final PacketQueue packets;
  private final DtlsPeer peer;
  private final Listener listener;
  private boolean closed;
  private @Nullable Thread thread;

  /** Is told how it goes. */
  public interface Listener {
    /** The peer is who the offer said. */
    void secured(DtlsKeys keys);

    /**
     * A conversation that began is over: the peer said goodbye, or failed, or {@link #close} was
     * called. Called once.
     *
     * @param reason for logs and people
     */
    void ended(String reason);
  }

  /**
   * @param expected fingerprint of the peer's certificate
   * @param out takes the records to send
   */
  public DtlsConversation(
      SecureRandom random,
      DtlsIdentity identity,
      Fingerprint expected,
      Consumer<byte[]> out,
      Listener listener) {
    packets = new PacketQueue(out);
    peer = new DtlsPeer(new BcTlsCrypto(random), identity, expected);
    this.listener = listener;
  }

  /**
   * Takes a record; the first one begins the handshake.
   *
   * @param packet kept
   * @return false if it was thrown away, since too many wait
   */
  public synchronized boolean received(byte[] packet) {
    if (closed) {
      return false;
    }
    if (thread == null) {
      thread = Thread.ofVirtual().name("dtls").start(this::run);
    }
    return packets.offer(packet);
  }

  private void run() {
    String reason = "the peer ended the session";
    try {
      DTLSTransport transport = new DTLSServerProtocol().accept(peer, packets);
      listener.secured(peer.keys());
      awaitEnd(transport);
    } catch (IOException | RuntimeException e) {
      LOG.debug("DTLS ended", e);
      reason = "DTLS failed: " + e.getMessage();
    }
    listener.ended(reason);
  }

  /** After the handshake only alerts matter; at the end the peer is told. */
  private void awaitEnd(DTLSTransport transport) throws IOException {
    byte[] nothing = new byte[transport.getReceiveLimit()];
    try {
      while (!packets.isClosed()) {
        transport.receive(nothing, 0, nothing.length, POLL_MILLIS);
      }
    } catch (InterruptedIOException e) {
      LOG.trace("DTLS ends here", e);
    } finally {
      transport.close();
    }
  }

  /** Ends it with a {@code close_notify}, if the handshake was done. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    if (thread == null) {
      return;
    }
    packets.interrupt();
  }
}
