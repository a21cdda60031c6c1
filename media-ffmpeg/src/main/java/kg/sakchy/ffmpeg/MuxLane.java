package kg.sakchy.ffmpeg;

import kg.sakchy.core.stream.TrackFormat;
import org.jspecify.annotations.Nullable;

/** The way of one input track through a {@link PartMuxer}: its place in the MP4, and its state. */
final class MuxLane implements AutoCloseable {
  private final TrackFormat muxed;
  private int stream;
  private final @Nullable G711Transcoder transcoder;

  /** The {@code dts} of the last sample of the parts accepted, or -1. */
  private long lastDts = -1;

  private long offeredDts;
  private boolean partBegun;
  private boolean open = true;

  private MuxLane(TrackFormat muxed, @Nullable G711Transcoder transcoder) {
    this.muxed = muxed;
    this.transcoder = transcoder;
  }

  /** For a track whose samples go into the file as they are. */
  static MuxLane copying(TrackFormat track) {
    return new MuxLane(track, null);
  }

  /** For a track of G.711; owns the encoder. */
  static MuxLane transcoding(TrackFormat.Audio track) {
    G711Transcoder transcoder = new G711Transcoder(track);
    return new MuxLane(transcoder.format(), transcoder);
  }

  /** What the file holds. */
  TrackFormat muxed() {
    return muxed;
  }

  /** Index of the track in the file. */
  int stream() {
    return stream;
  }

  void stream(int index) {
    stream = index;
  }

  boolean isSound() {
    return muxed instanceof TrackFormat.Audio;
  }

  @Nullable G711Transcoder transcoder() {
    return transcoder;
  }

  /** False once its sound was given up. */
  boolean isOpen() {
    return open;
  }

  void giveUp() {
    open = false;
  }

  /** Samples are offered for a new part; those of a part not accepted are forgotten. */
  void beginPart() {
    offeredDts = lastDts;
    partBegun = false;
  }

  /** Null when the sample may be muxed, else what is wrong with it: "whose ...". */
  @Nullable String offer(MuxSample sample) {
    if (sample.data().length == 0) {
      return "without data";
    }
    if (sample.dts() < 0 || sample.dts() <= offeredDts) {
      return "whose decoding time does not rise";
    }
    // trun holds durations and offsets in 32 bits (ISO/IEC 14496-12 §8.8.8).
    if (sample.pts() < sample.dts() || sample.pts() - sample.dts() > Integer.MAX_VALUE) {
      return "whose presentation time is out of range";
    }
    if (sample.duration() < 1 || sample.duration() > Integer.MAX_VALUE) {
      return "whose duration is out of range";
    }
    if (partBegun && sample.dts() - offeredDts > Integer.MAX_VALUE) {
      return "whose decoding time is too far from the one before";
    }
    offeredDts = sample.dts();
    partBegun = true;
    return null;
  }

  void acceptPart() {
    lastDts = offeredDts;
  }

  @Override
  public void close() {
    open = false;
    if (transcoder != null) {
      transcoder.close();
    }
  }
}
