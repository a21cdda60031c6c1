package kg.sakchy.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.media.mp4.FragmentWriter;
import kg.sakchy.media.mp4.InitSegmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * Muxes one run of a stream into fragmented MP4 (ISO/IEC 14496-12 §8.8) without touching a byte of
 * it: an init segment, then parts of one {@code moof} and one {@code mdat} each, which {@link
 * FragmentWriter} makes: one call into native code for each frame would cost more than all the
 * boxes.
 *
 * <p>Time: a track's time scale is its clock rate; in every part, {@code tfdt} of each track is the
 * {@code dts} of its first sample there, whatever came before. Video goes in as it is; AAC and Opus
 * too; G.711 becomes AAC on the same time line, which lags by up to two frames of 1024 samples, so
 * that sound may come with a later part than the pictures beside it. Other sound, and sound that
 * fails, is left out with a warning and never costs the video. Metadata is not muxed.
 *
 * <p>Memory: with G.711 an encoder of 650 KB; not growing with time. Threads: confined to one
 * thread at a time.
 */
public final class PartMuxer implements AutoCloseable {
  /** More in one part is not media of a camera. */
  private static final long LARGEST_PART_BYTES = 256L << 20;

  /** Null for tracks left out; indexes are those of the stream format. */
  private final List<@Nullable MuxLane> lanes;

  private final byte[] init;
  private final FragmentWriter writer;
  private final List<String> warnings;
  private boolean closed;

  private PartMuxer(List<@Nullable MuxLane> lanes, byte[] init, List<String> warnings) {
    this.lanes = lanes;
    this.init = init;
    this.writer = new FragmentWriter(lanes.size());
    this.warnings = warnings;
  }

  /**
   * Opens a muxer; its init segment is known at once.
   *
   * @throws VmsException INVALID_ARGUMENT when a video track's codec configuration is missing or
   *     broken
   */
  public static PartMuxer open(StreamFormat format) {
    List<String> warnings = new ArrayList<>();
    List<@Nullable MuxLane> lanes = new ArrayList<>();
    try {
      for (TrackFormat track : format.tracks()) {
        lanes.add(lane(track, warnings));
      }
      return new PartMuxer(lanes, init(lanes, warnings), warnings);
    } catch (RuntimeException e) {
      lanes.stream().filter(Objects::nonNull).forEach(MuxLane::close);
      throw e;
    }
  }

  private static @Nullable MuxLane lane(TrackFormat track, List<String> warnings) {
    return switch (track) {
      case TrackFormat.Video video -> MuxLane.copying(video);
      case TrackFormat.Audio audio -> soundLane(audio, warnings);
      case TrackFormat.Metadata metadata -> null;
    };
  }

  private static @Nullable MuxLane soundLane(TrackFormat.Audio audio, List<String> warnings) {
    try {
      return switch (audio.codec()) {
        case AAC, OPUS -> MuxLane.copying(audio);
        case G711_ALAW, G711_ULAW -> MuxLane.transcoding(audio);
        case H264, H265, MJPEG, ONVIF_METADATA ->
            throw new VmsException(ErrorKind.UNSUPPORTED, audio.codec() + " is no sound");
      };
    } catch (VmsException e) {
      warnings.add(leftOut(e));
      return null;
    }
  }

  /** When the tracks cannot stand in one file, the video is tried alone. */
  private static byte[] init(List<@Nullable MuxLane> lanes, List<String> warnings) {
    try {
      return InitSegmentWriter.write(number(lanes));
    } catch (VmsException e) {
      if (!removeSound(lanes)) {
        throw e;
      }
      byte[] silent = InitSegmentWriter.write(number(lanes));
      warnings.add(leftOut(e));
      return silent;
    }
  }

  /** Gives each lane its place in the file and returns what they mux. */
  private static List<TrackFormat> number(List<@Nullable MuxLane> lanes) {
    List<TrackFormat> muxed = new ArrayList<>();
    for (MuxLane lane : lanes) {
      if (lane != null) {
        lane.stream(muxed.size());
        muxed.add(lane.muxed());
      }
    }
    return muxed;
  }

  private static boolean removeSound(List<@Nullable MuxLane> lanes) {
    boolean removed = false;
    for (int i = 0; i < lanes.size(); i++) {
      MuxLane lane = lanes.get(i);
      if (lane != null && lane.isSound()) {
        lane.close();
        lanes.set(i, null);
        removed = true;
      }
    }
    return removed;
  }

  private static String leftOut(VmsException reason) {
    return "sound is left out: " + reason.getMessage();
  }

  /** The init segment: {@code ftyp} and {@code moov}. */
  public byte[] init() {
    return init.clone();
  }

  /** RFC 6381 strings of the muxed tracks, in the order of the MP4's tracks. */
  public List<String> codecs() {
    List<String> codecs = new ArrayList<>();
    for (TrackFormat format : number(lanes)) {
      switch (format) {
        case TrackFormat.Video video -> codecs.add(video.codecString());
        case TrackFormat.Audio audio -> codecs.add(audio.codecString());
        case TrackFormat.Metadata metadata -> {}
      }
    }
    return codecs;
  }

  /** What is left out and why, in words for people; grows when sound fails later. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Writes one part.
   *
   * @param samples in decoding order within each track; those of tracks left out are passed over
   * @return {@code moof} and {@code mdat}, which hold on to the samples' arrays; empty when nothing
   *     is due, as when there was only sound that waits to be transcoded
   * @throws VmsException INVALID_ARGUMENT when a video sample breaks the rules of {@link
   *     MuxSample}, RESOURCE_EXHAUSTED when the part is too large: nothing is written then and the
   *     muxer goes on
   */
  public Fragment part(List<MuxSample> samples) {
    if (closed) {
      throw new VmsException(ErrorKind.FAILED_PRECONDITION, "the muxer is closed");
    }
    long size = samples.stream().mapToLong(sample -> sample.data().length).sum();
    if (size > LARGEST_PART_BYTES) {
      throw new VmsException(ErrorKind.RESOURCE_EXHAUSTED, "a part of " + size + " bytes");
    }
    for (MuxSample sample : accept(samples)) {
      MuxLane lane = Objects.requireNonNull(lanes.get(sample.track()));
      if (lane.isSound()) {
        writeSound(lane, sample);
      } else {
        write(lane, sample);
      }
    }
    return writer.end();
  }

  /** The samples to write. A wrong one of sound is dropped, a wrong one of video refuses all. */
  private List<MuxSample> accept(List<MuxSample> samples) {
    lanes.stream().filter(Objects::nonNull).forEach(MuxLane::beginPart);
    List<MuxSample> accepted = new ArrayList<>(samples.size());
    for (MuxSample sample : samples) {
      MuxLane lane = lanes.get(Objects.checkIndex(sample.track(), lanes.size()));
      if (lane == null || !lane.isOpen()) {
        continue;
      }
      String fault = lane.offer(sample);
      if (fault == null) {
        accepted.add(sample);
      } else if (!lane.isSound()) {
        throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a video sample " + fault)
            .with("track", sample.track())
            .with("dts", sample.dts())
            .with("pts", sample.pts());
      }
    }
    lanes.stream().filter(Objects::nonNull).forEach(MuxLane::acceptPart);
    return accepted;
  }

  private void writeSound(MuxLane lane, MuxSample sample) {
    if (!lane.isOpen()) {
      return; // given up by an earlier sample of this part
    }
    try {
      G711Transcoder transcoder = lane.transcoder();
      if (transcoder == null) {
        requireRaw(lane, sample);
        write(lane, sample);
      } else {
        transcoder.push(
            sample.dts(),
            sample.data(),
            (pts, duration, aac) -> writer.add(lane.stream(), pts, pts, duration, true, aac));
      }
    } catch (VmsException e) {
      lane.giveUp();
      warnings.add("sound is left out from here on: " + e.getMessage());
    }
  }

  /** Some cameras send AAC with ADTS headers (ISO/IEC 14496-3 §1.A.2.2), which MP4 cannot hold. */
  private static void requireRaw(MuxLane lane, MuxSample sample) {
    byte[] data = sample.data();
    if (lane.muxed() instanceof TrackFormat.Audio audio
        && audio.codec() == Codec.AAC
        && data.length >= 2
        && (data[0] & 0xFF) == 0xFF
        && (data[1] & 0xF0) == 0xF0) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "the camera sends AAC with ADTS headers");
    }
  }

  private void write(MuxLane lane, MuxSample sample) {
    writer.add(
        lane.stream(),
        sample.pts(),
        sample.dts(),
        sample.duration(),
        sample.keyFrame(),
        sample.data());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      lanes.stream().filter(Objects::nonNull).forEach(MuxLane::close);
    }
  }
}
