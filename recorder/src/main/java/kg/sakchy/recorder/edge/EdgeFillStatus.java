package kg.sakchy.recorder.edge;

import java.time.Instant;
import java.util.List;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * How the filling of gaps goes.
 *
 * @param running fills under way
 * @param remembered gaps that are not asked for now, because that was in vain or failed
 * @param givenUp how many of them are not asked for any more
 * @param lastProblem one sentence about the last failure, or null
 */
public record EdgeFillStatus(
    List<Running> running, int remembered, int givenUp, @Nullable String lastProblem) {
  public EdgeFillStatus {
    running = List.copyOf(running);
  }

  /**
   * A fill under way.
   *
   * @param stream whose gap
   * @param gap the gap
   * @param begun when the fill began
   * @param filledUntil end of what is written so far, or null
   */
  public record Running(
      StreamId stream, TimeRange gap, Instant begun, @Nullable Instant filledUntil) {}
}
