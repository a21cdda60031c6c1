package kg.sakchy.core.live;

import java.util.List;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;

/**
 * Shows live streams by WebRTC: an offer of a player in, an answer out, and from then on pictures
 * and sound as they come.
 *
 * <p>Threads: safe for use by many threads; {@link #answer} takes some milliseconds of computing
 * and does not block.
 */
public interface WebRtcViews {
  /** What players of WebRTC are sent as it is. */
  PlayableCodecs PLAYABLE =
      PlayableCodecs.of(List.of(Codec.H264, Codec.OPUS, Codec.G711_ALAW, Codec.G711_ULAW));

  /** Longest offer that is read. */
  int MAX_OFFER_CHARS = 64 * 1024;

  /**
   * Begins a session. It ends by {@link #end}, by the player's farewell or silence, when the stream
   * is closed, and when the right to see it ends.
   *
   * @param view what is shown; taken over: closed when the session ends, or at once if there is
   *     none
   * @param client who asks, for the limit of sessions each may have
   * @param offer the player's session description (RFC 8866)
   * @param allowed whether the viewer may see it now; asked several times a second, and the session
   *     ends once he may not any more; quick
   * @throws VmsException INVALID_ARGUMENT for a malformed offer; UNSUPPORTED when the player cannot
   *     take the stream's codec, or wants what is not done; UNAVAILABLE while the camera sends
   *     nothing; RESOURCE_EXHAUSTED when there are too many sessions
   */
  Answer answer(LiveViews.LiveView view, String client, String offer, BooleanSupplier allowed);

  /**
   * Ends a session.
   *
   * @return false if there is none of that name
   */
  boolean end(String session);

  /**
   * A session that began.
   *
   * @param session its name, which cannot be guessed: who knows it may end it
   * @param description the answer for the player
   */
  record Answer(String session, String description) {}
}
