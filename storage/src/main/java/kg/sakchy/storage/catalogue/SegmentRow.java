package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.recording.KeyFrameIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.recording.TimeBasis;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.unit.Bytes;

/**
 * A row of the table of segments before its format is known.
 *
 * @param format number of the format
 * @param segment everything else, with an empty format
 */
record SegmentRow(int format, Segment segment) {
  /** The columns {@link #read} needs. */
  static final String COLUMNS =
      "start_us, end_us, run, sequence, format, decode_ticks, rtp_ticks, arrival_us, camera_us,"
          + " uncertainty_us, frames, packets_lost, size_bytes, sha256, previous_sha256,"
          + " key_frames, filled";

  static SegmentRow read(StreamId stream, ResultSet row) throws SQLException {
    long cameraMicros = row.getLong("camera_us");
    Instant camera = row.wasNull() ? null : Micros.instant(cameraMicros);
    Segment segment =
        new Segment(
            stream,
            row.getLong("run"),
            row.getInt("sequence"),
            new TimeRange(
                Micros.instant(row.getLong("start_us")), Micros.instant(row.getLong("end_us"))),
            new TimeBasis(
                row.getLong("rtp_ticks"),
                Micros.instant(row.getLong("arrival_us")),
                camera,
                Micros.duration(row.getLong("uncertainty_us")),
                row.getBoolean("filled") ? TimeBasis.Origin.FILLED : TimeBasis.Origin.LIVE),
            row.getLong("decode_ticks"),
            Bytes.EMPTY,
            "",
            0,
            0,
            KeyFrameIndex.decode(Bytes.copyOf(row.getBytes("key_frames"))),
            row.getInt("frames"),
            row.getLong("packets_lost"),
            row.getLong("size_bytes"),
            Bytes.copyOf(row.getBytes("sha256")),
            Bytes.copyOf(row.getBytes("previous_sha256")),
            Segment.State.STORED);
    return new SegmentRow(row.getInt("format"), segment);
  }

  /** The whole segment. */
  Segment in(Formats.Format known) {
    return new Segment(
        segment.stream(),
        segment.run(),
        segment.sequence(),
        segment.range(),
        segment.time(),
        segment.decodeTicks(),
        known.init(),
        known.codecs(),
        known.width(),
        known.height(),
        segment.keyFrames(),
        segment.frames(),
        segment.packetsLost(),
        segment.sizeBytes(),
        segment.sha256(),
        segment.previousSha256(),
        segment.state());
  }
}
