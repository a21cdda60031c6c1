package kg.sakchy.server.bench.relay;

/**
 * What the readers of a measurement saw together.
 *
 * @param packets received
 * @param lost by the holes in their numbers
 * @param failed readers that were closed or got garbage
 * @param p50Nanos from the camera to the reader, half of the pictures' first packets
 * @param p99Nanos from the camera to the reader, 99 % of them
 */
record ReaderFigures(long packets, long lost, long failed, long p50Nanos, long p99Nanos) {
  String toLine() {
    return packets + " " + lost + " " + failed + " " + p50Nanos + " " + p99Nanos;
  }

  static ReaderFigures parse(String line) {
    String[] parts = line.strip().split(" ", -1);
    return new ReaderFigures(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]));
  }

  String toText() {
    return "%d packets, %d lost, %d readers failed, p50 %.2f ms, p99 %.2f ms"
        .formatted(packets, lost, failed, p50Nanos / 1e6, p99Nanos / 1e6);
  }
}
