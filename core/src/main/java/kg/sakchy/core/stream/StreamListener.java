package kg.sakchy.core.stream;

/**
 * Receives one stream. Calls come one after another on the stream's event loop and must not block:
 * a slow listener cuts itself off by dropping, never by waiting.
 *
 * <p>Order: {@link #onFormat} first, then units, losses and reports in any order; {@link
 * #onInterrupted} ends the run, and a new {@code onFormat} begins the next. A change of format in
 * mid-stream is an {@code onFormat} without an interruption. A run's first video unit is a key
 * frame.
 */
public interface StreamListener {
  /** A run begins. Repeated at once to a listener that subscribes while a run is going on. */
  void onFormat(StreamFormat format);

  void onUnit(AccessUnit unit);

  default void onLoss(PacketLoss loss) {}

  default void onSenderReport(SenderReport report) {}

  /**
   * The run is over; more may follow later. Repeated with every failed attempt to reconnect, with
   * its own reason.
   */
  default void onInterrupted(Interruption interruption) {}

  /**
   * Whether it can wait a tenth of a second for its units. While only such listeners hear a stream,
   * the network is read in fewer and larger pieces. Constant for a listener.
   */
  default boolean isPatient() {
    return false;
  }
}
