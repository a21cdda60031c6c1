package kg.sakchy.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;

/**
 * A flat MP4 file (ISO/IEC 14496-12 §8.5 to §8.7): every sample's place and time is known from its
 * {@code moov} box. For simulated cameras and tests.
 *
 * <p>Times are ticks of {@link TrackFormat#clockRate()}, here the track's timescale. The edit list
 * is applied, so that tracks are in step: the first picture shown has a presentation time of about
 * 0, and decoding times before it can be negative.
 *
 * <p>Threads: any number of threads may read. Fails: VmsException NOT_FOUND or UNAVAILABLE when the
 * file cannot be opened or read, DATA_LOSS when it is malformed, UNSUPPORTED when it is fragmented.
 */
public final class Mp4Clip implements AutoCloseable {
  /** A {@code moov} larger than this (some ten hours) is refused. */
  private static final int MAX_MOOV_BYTES = 64 << 20;

  private final FileChannel file;
  private final List<Track> tracks = new ArrayList<>();

  private Mp4Clip(FileChannel file) {
    this.file = file;
  }

  /** Opens a file and reads its tables; samples are read when they are asked for. */
  public static Mp4Clip open(Path path) {
    FileChannel file;
    try {
      file = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new VmsException(ErrorKind.NOT_FOUND, "cannot open the clip " + path, e);
    }
    Mp4Clip clip = new Mp4Clip(file);
    try {
      clip.readTables();
      return clip;
    } catch (IOException e) {
      clip.close();
      throw new VmsException(ErrorKind.UNAVAILABLE, "cannot read the clip " + path, e);
    } catch (VmsException e) {
      clip.close();
      throw e.with("clip", path);
    }
  }

  private void readTables() throws IOException {
    ScanSource source = ScanSource.of(file);
    BoxHeader box = source.header().orElseThrow(Mp4Clip::noMovie);
    while (box.type() != BoxType.MOOV) {
      if (!source.skip(box)) {
        throw noMovie();
      }
      box = source.header().orElseThrow(Mp4Clip::noMovie);
    }
    ByteBuffer moov = source.body(box, MAX_MOOV_BYTES).orElseThrow(Mp4Clip::noMovie);
    BoxFields movie = new BoxReader(moov).require(BoxType.MOOV);
    ByteBuffer boxes = ByteBuffer.wrap(movie.bytes(movie.remaining()));
    if (new BoxReader(boxes).find(BoxType.MVEX) != null) {
      throw Mp4Errors.unsupported("a fragmented file where a flat one is needed");
    }
    int movieTimescale = TrackParser.timescale(new BoxReader(boxes).require(BoxType.MVHD));
    BoxReader traks = new BoxReader(boxes);
    while (traks.next()) {
      if (traks.type() == BoxType.TRAK) {
        BoxFields trak = traks.fields();
        addTrack(TrackParser.parse(ByteBuffer.wrap(trak.bytes(trak.remaining())), movieTimescale));
      }
    }
  }

  private void addTrack(TrackParser track) throws IOException {
    TrackFormat format = track.format();
    if (format != null) {
      SampleTable samples =
          SampleTable.parse(track.sampleTable(), track.editStartTicks(), file.size());
      tracks.add(new Track(format, samples));
    }
  }

  private static VmsException noMovie() {
    return Mp4Errors.malformed("no whole moov box");
  }

  /** The tracks whose codec is known, in the order of the file. */
  public List<Track> tracks() {
    return List.copyOf(tracks);
  }

  /** The first video track. */
  public Track video() {
    return tracks.stream()
        .filter(track -> track.format() instanceof TrackFormat.Video)
        .findFirst()
        .orElseThrow(() -> Mp4Errors.unsupported("a clip without video"));
  }

  /** Ends reading. Idempotent. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "cannot close a clip", e);
    }
  }

  /**
   * A sample's place in time; ticks of the track's clock.
   *
   * @param pts presentation time
   * @param dts decoding time, may be negative
   * @param duration to the next sample in decoding order
   * @param keyFrame whether decoding can begin here
   * @param sizeBytes its size
   */
  public record Sample(long pts, long dts, long duration, boolean keyFrame, int sizeBytes) {}

  /** One track. Threads: any. */
  public final class Track {
    private final TrackFormat format;
    private final SampleTable samples;

    private Track(TrackFormat format, SampleTable samples) {
      this.format = format;
      this.samples = samples;
    }

    /** What it carries; the clock rate is the track's timescale. */
    public TrackFormat format() {
      return format;
    }

    public int sampleCount() {
      return samples.count();
    }

    /** Sample {@code i} in decoding order. */
    public Sample sample(int i) {
      return samples.sample(i);
    }

    /** Sum of the durations of all samples. */
    public long durationTicks() {
      return samples.durationTicks();
    }

    /**
     * The bytes of sample {@code i}, as {@link kg.sakchy.core.stream.AccessUnit#data()}; the caller
     * owns them.
     */
    public byte[] read(int i) {
      ByteBuffer data = ByteBuffer.allocate(samples.size(i));
      long offset = samples.offset(i);
      try {
        while (data.hasRemaining()) {
          int read = file.read(data, offset + data.position());
          if (read < 0) {
            throw Mp4Errors.malformed("a sample outside the file");
          }
        }
      } catch (IOException e) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "cannot read a clip", e);
      }
      return data.array();
    }
  }
}
