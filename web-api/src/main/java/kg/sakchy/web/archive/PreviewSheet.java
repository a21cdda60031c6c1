package kg.sakchy.web.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.time.TimeRange;

/**
 * The plan of a sheet of small pictures, made from index rows alone: ten minutes of a stream, a
 * picture every ten seconds, at a place that depends on nothing but its time.
 *
 * @param stream whose
 * @param start UTC, a whole number of {@link #SPAN}s since 1970
 * @param tileHeight height of a picture; its width is {@link #TILE_WIDTH}
 * @param tiles by place; empty places are left out
 */
record PreviewSheet(StreamId stream, Instant start, int tileHeight, List<Tile> tiles) {
  static final Duration SPAN = Duration.ofMinutes(10);
  static final Duration STEP = Duration.ofSeconds(10);
  static final int COLUMNS = 10;
  static final int ROWS = Math.toIntExact(SPAN.dividedBy(STEP)) / COLUMNS;
  static final int TILE_WIDTH = 160;
  private static final int MOST_TILE_HEIGHT = 320;

  PreviewSheet {
    tiles = List.copyOf(tiles);
  }

  /**
   * A picture of the sheet.
   *
   * @param place from the left upper corner to the right, then down
   * @param frame what it shows: the first key frame of its ten seconds
   */
  record Tile(int place, StoredKeyFrame frame) {
    int x() {
      return place % COLUMNS * TILE_WIDTH;
    }

    int y(int tileHeight) {
      return place / COLUMNS * tileHeight;
    }
  }

  /** Begin of the sheet that holds a moment. */
  static Instant startOf(Instant moment) {
    long span = SPAN.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), span) * span);
  }

  /** The sheets a list of rows gives, by start; rows may come in any order. */
  static List<PreviewSheet> of(StreamId stream, List<Segment> rows, TimeRange range) {
    Map<Instant, Map<Integer, Tile>> sheets = new TreeMap<>();
    List<Segment> sorted =
        rows.stream().sorted(Comparator.comparing(row -> row.range().start())).toList();
    for (Segment row : sorted) {
      KeyFrameIndex keys = row.keyFrames();
      for (int key = 0; key < keys.size() && keys.offset(key) < row.sizeBytes(); key++) {
        StoredKeyFrame frame = new StoredKeyFrame(row, key);
        Instant time = frame.time();
        if (range.contains(time)) {
          Instant start = startOf(time);
          int place = Math.toIntExact(Duration.between(start, time).dividedBy(STEP));
          sheets
              .computeIfAbsent(start, begun -> new TreeMap<>())
              .putIfAbsent(place, new Tile(place, frame));
        }
      }
    }
    List<PreviewSheet> planned = new ArrayList<>();
    sheets.forEach(
        (start, tiles) -> {
          List<Tile> inOrder = List.copyOf(tiles.values());
          planned.add(new PreviewSheet(stream, start, height(inOrder.getFirst()), inOrder));
        });
    return planned;
  }

  private static int height(Tile tile) {
    Segment segment = tile.frame().segment();
    int width = Math.max(1, segment.width());
    return Math.clamp((long) TILE_WIDTH * segment.height() / width, 1, MOST_TILE_HEIGHT);
  }

  TimeRange range() {
    return new TimeRange(start, start.plus(SPAN));
  }

  /** The name of its picture. */
  String file() {
    return start.getEpochSecond() + ".jpg";
  }

  int width() {
    return COLUMNS * TILE_WIDTH;
  }

  int height() {
    return ROWS * tileHeight;
  }
}
