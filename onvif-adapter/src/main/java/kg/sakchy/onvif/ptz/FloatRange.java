package kg.sakchy.onvif.ptz;

/**
 * A range of numbers as a camera gives it ({@code tt:FloatRange}); may be endless.
 *
 * @param min least, may be negative infinity
 * @param max most, not below {@code min}, may be infinity
 */
record FloatRange(double min, double max) {
  static final FloatRange SYMMETRIC = new FloatRange(-1, 1);
  static final FloatRange UNIT = new FloatRange(0, 1);

  FloatRange {
    if (!(min <= max)) {
      throw new IllegalArgumentException("range " + min + " to " + max);
    }
  }

  double width() {
    return max - min;
  }

  /** Cameras that cannot move an axis give it a range of one number. */
  boolean isEmpty() {
    return width() == 0;
  }

  boolean isFinite() {
    return Double.isFinite(min) && Double.isFinite(max);
  }

  double clamp(double value) {
    return Math.clamp(value, min, max);
  }

  /** Where a share of the way from {@code min} (0) to {@code max} (1) lies; the range is finite. */
  double at(double share) {
    return min + Math.clamp(share, 0.0, 1.0) * width();
  }

  /** The share of the way at which a value lies, 0 to 1; 0 in an empty range. */
  double shareOf(double value) {
    return isEmpty() ? 0 : Math.clamp((value - min) / width(), 0.0, 1.0);
  }

  /**
   * A signed part of the camera's greatest speed or step: 0 stays 0 also in ranges that do not lie
   * evenly around it.
   *
   * @param signed -1 to 1
   */
  double scale(double signed) {
    double part = Math.clamp(signed, -1.0, 1.0);
    double limit = part < 0 ? min : max;
    return Double.isFinite(limit) ? Math.abs(part) * limit : part;
  }
}
