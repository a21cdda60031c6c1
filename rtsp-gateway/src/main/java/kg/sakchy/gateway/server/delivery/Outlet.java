package kg.sakchy.gateway.server.delivery;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Where the packets of one session leave: frames in its connection, or datagrams.
 *
 * <p>Threads: confined to {@link #loop()}.
 */
public sealed interface Outlet permits InterleavedOutlet, DatagramOutlet {
  /** The event loop that all calls must come from. */
  EventLoop loop();

  /** Runs a task on {@link #loop()}; any thread. False if the server is closed. */
  default boolean execute(Runnable task) {
    try {
      loop().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Whether the client takes what was sent so far. */
  boolean isWritable();

  /** Whether a track was set up. */
  boolean carries(int track);

  /** Writes all packets of tracks that were set up, without a flush. */
  void batch(PacketBatch batch);

  /** Writes one packet of a batch, if its track was set up, without a flush. */
  void packet(PacketBatch batch, int packet);

  /**
   * Writes packets that are this client's alone, without a flush.
   *
   * @param track was set up
   * @param packets RTP, from position to limit; not changed afterwards
   * @return done when all is in the hands of the kernel
   */
  ChannelFuture packets(int track, List<ByteBuffer> packets);

  /** Writes an RTCP compound, if its track was set up, without a flush. */
  void control(int track, ByteBuffer compound);

  /** Sends what was written. */
  void flush();

  /** Lets go of what it holds beside the connection. Idempotent. */
  void close();
}
