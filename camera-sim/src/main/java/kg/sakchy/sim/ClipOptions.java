package kg.sakchy.sim;

import java.time.Duration;

/**
 * How a clip is played.
 *
 * @param speed 1 as it is; 0.84 sends 21 of a clip's 25 frames a second, with time stamps to match
 * @param startAt where the first round begins; lets cameras of one clip send their key frames at
 *     different moments
 * @param parameterSetsInBand whether each key frame is preceded by the track's parameter sets, as
 *     most cameras send them; without, the samples are exactly those of the file
 */
public record ClipOptions(double speed, Duration startAt, boolean parameterSetsInBand) {
  public static final ClipOptions DEFAULTS = new ClipOptions(1, Duration.ZERO, false);

  public ClipOptions {
    if (!(speed >= 0.01 && speed <= 100)) {
      throw new IllegalArgumentException("speed " + speed);
    }
    if (startAt.isNegative()) {
      throw new IllegalArgumentException("a start before the beginning");
    }
  }

  public ClipOptions withSpeed(double newSpeed) {
    return new ClipOptions(newSpeed, startAt, parameterSetsInBand);
  }

  public ClipOptions withStartAt(Duration newStart) {
    return new ClipOptions(speed, newStart, parameterSetsInBand);
  }

  public ClipOptions withParameterSetsInBand() {
    return new ClipOptions(speed, startAt, true);
  }
}
