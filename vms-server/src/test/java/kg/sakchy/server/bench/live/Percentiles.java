package kg.sakchy.server.bench.live;

import java.util.List;

/** What measured values are summed up by. */
final class Percentiles {
  private final double[] sorted;

  /** Values in any order and unit. */
  Percentiles(List<Double> values) {
    sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** The value that this share of all are not above; {@code NaN} without values. */
  double at(double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  @Override
  public String toString() {
    return "p50 %.0f ms, p95 %.0f ms".formatted(at(0.5), at(0.95));
  }
}
