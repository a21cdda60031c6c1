package kg.sakchy.web.http;

/**
 * Where the events of an {@link Answer.Events} come from.
 *
 * <p>Threads: {@link #open} is called once, on a virtual thread where it may block.
 */
@FunctionalInterface
public interface EventFeed {
  /**
   * Begins to send.
   *
   * @return closed once, when the client is gone, was cut off, or the feed has ended; quick
   * @throws kg.sakchy.core.error.VmsException answered as a problem when nothing was sent yet
   */
  Subscription open(Sink sink);

  /** Ends the sending. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes the events. {@link #send} never blocks: a client that does not read them in time is cut
   * off, and the rest goes nowhere.
   *
   * <p>Threads: safe for use by many threads; events of one thread keep their order.
   */
  interface Sink {
    void send(ServerEvent event);

    /**
     * Waits until the client has taken what was sent, or is gone: for whoever has much to send at
     * once, on a thread that may block.
     *
     * @throws kg.sakchy.core.error.VmsException CANCELLED when interrupted
     */
    void awaitTaken();

    /** Ends the stream after what was sent. */
    void end();
  }
}
