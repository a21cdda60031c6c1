package kg.sakchy.web.live;

/** What a client says. */
sealed interface ClientMessage {
  /** Show this from now on. */
  record Play(Wish wish) implements ClientMessage {}

  /**
   * How far it has played.
   *
   * @param sequence of the wish whose pictures it plays
   * @param ticks media time of the picture on the screen, 90 kHz
   */
  record Position(long sequence, long ticks) implements ClientMessage {}
}
