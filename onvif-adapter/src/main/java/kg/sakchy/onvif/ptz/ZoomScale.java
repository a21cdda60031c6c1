package kg.sakchy.onvif.ptz;

import java.util.List;

/**
 * Turns a zoom factor, 1 (widest) and up, into a camera's numbers and back.
 *
 * <p>Only focal lengths tell the factor exactly. A curve measured for the model is next best. The
 * last resort takes the range as evenly divided, which is a label rather than a measure.
 */
sealed interface ZoomScale {
  /** The greatest factor. */
  double maxFactor();

  /** The best scale for a space, by what is known of the lens. */
  static ZoomScale of(ZoomSpace space, Lens lens) {
    FloatRange range = space.range();
    if (space.uri().equals(SpaceNames.ZOOM_POSITION_MILLIMETRES) && range.min() > 0) {
      return new FocalLength(range);
    }
    return lens.zoomCurve().size() > 1
        ? new Measured(range, lens.zoomCurve())
        : new Linear(range, lens.maxZoomFactor());
  }

  /** The camera's number for a factor; factors beyond its ends become the ends. */
  double toCamera(double factor);

  /** The factor of a camera's number, at least 1. */
  double toFactor(double number);

  /**
   * The space counts millimetres of focal length; the factor is that of the shortest.
   *
   * @param range finite, from over 0
   */
  record FocalLength(FloatRange range) implements ZoomScale {
    @Override
    public double maxFactor() {
      return range.max() / range.min();
    }

    @Override
    public double toCamera(double factor) {
      return range.clamp(range.min() * factor);
    }

    @Override
    public double toFactor(double number) {
      return range.clamp(number) / range.min();
    }
  }

  /**
   * Only the greatest factor is known: equal steps multiply the factor equally, as zoom drives do
   * nearly.
   *
   * @param range the camera's numbers
   * @param maxFactor over 1
   */
  record Geometric(FloatRange range, double maxFactor) implements ZoomScale {
    @Override
    public double toCamera(double factor) {
      return range.at(Math.log(Math.clamp(factor, 1, maxFactor)) / Math.log(maxFactor));
    }

    @Override
    public double toFactor(double number) {
      return Math.pow(maxFactor, range.shareOf(number));
    }
  }

  /**
   * Measured points, joined by straight lines.
   *
   * @param range the camera's numbers
   * @param points both parts rising, the first (0, 1), the last of share 1; at least two
   */
  record Measured(FloatRange range, List<Lens.ZoomPoint> points) implements ZoomScale {
    public Measured {
      points = List.copyOf(points);
    }

    @Override
    public double maxFactor() {
      return points.getLast().factor();
    }

    @Override
    public double toCamera(double factor) {
      double wanted = Math.clamp(factor, 1.0, maxFactor());
      int above = 1;
      while (points.get(above).factor() < wanted) {
        above++;
      }
      Lens.ZoomPoint low = points.get(above - 1);
      Lens.ZoomPoint high = points.get(above);
      double part = (wanted - low.factor()) / (high.factor() - low.factor());
      return range.at(low.share() + part * (high.share() - low.share()));
    }

    @Override
    public double toFactor(double number) {
      double share = range.shareOf(number);
      int above = 1;
      while (above < points.size() - 1 && points.get(above).share() < share) {
        above++;
      }
      Lens.ZoomPoint low = points.get(above - 1);
      Lens.ZoomPoint high = points.get(above);
      double part = (share - low.share()) / (high.share() - low.share());
      return low.factor() + part * (high.factor() - low.factor());
    }
  }

  /**
   * The range divided evenly.
   *
   * @param range finite; what the camera calls 0 to 1, 0 to 28, 1 to 28 or anything else
   */
  record Linear(FloatRange range, double maxFactor) implements ZoomScale {
    @Override
    public double toCamera(double factor) {
      return range.at((factor - 1) / (maxFactor - 1));
    }

    @Override
    public double toFactor(double number) {
      return 1 + range.shareOf(number) * (maxFactor - 1);
    }
  }
}
