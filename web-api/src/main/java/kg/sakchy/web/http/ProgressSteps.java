package kg.sakchy.web.http;

/**
 * Which steps of a long work are worth telling: those that change the whole percent, so that twenty
 * thousand steps make a hundred events.
 *
 * <p>Threads: one.
 */
public final class ProgressSteps {
  private int told = -1;

  /** Whether {@code done} of {@code total} is another percent than was told before. */
  public boolean isNew(int done, int total) {
    int percent = total <= 0 ? 0 : (int) Math.min(100, done * 100L / total);
    boolean step = percent != told;
    told = percent;
    return step;
  }
}
