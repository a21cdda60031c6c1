package kg.sakchy.recorder;

import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.ffmpeg.MuxSample;
import kg.sakchy.media.mp4.Mp4Clip;

/**
 * A short clip in memory: what a scripted camera sends. {@code scene.mp4}: 6 s of 160x96 H.264 with
 * B-frames, a key frame each second, and AAC; {@code smaller.mp4}: 2 s of 128x72 H.264 alone.
 */
public final class Clip {
  public static final Clip SCENE = load("/kg/sakchy/recorder/scene.mp4");
  public static final Clip SMALLER = load("/kg/sakchy/recorder/smaller.mp4");

  /** Frames per second. */
  static final int RATE = 25;

  /**
   * A picture.
   *
   * @param ptsFrames by how many frames its presentation is later than its decoding
   */
  @SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
  record Picture(int ptsFrames, boolean keyFrame, byte[] data) {}

  final StreamFormat format;
  final List<Picture> pictures;
  final List<byte[]> sound;

  private Clip(StreamFormat format, List<Picture> pictures, List<byte[]> sound) {
    this.format = format;
    this.pictures = List.copyOf(pictures);
    this.sound = List.copyOf(sound);
  }

  /** The tracks. */
  public StreamFormat format() {
    return format;
  }

  /** The pictures of one of its seconds, which begins with a key frame, for a muxer. */
  public List<MuxSample> second(int second) {
    List<MuxSample> samples = new ArrayList<>();
    for (int i = second * RATE; i < (second + 1) * RATE; i++) {
      Picture picture = pictures.get(i);
      samples.add(
          new MuxSample(
              format.videoTrack(),
              (i + picture.ptsFrames) * 3_600L,
              i * 3_600L,
              3_600,
              picture.keyFrame,
              picture.data));
    }
    return samples;
  }

  /** The same with so many bytes of filler (H.264 NAL unit type 12) in each picture. */
  Clip padded(int bytes) {
    byte[] filler = new byte[4 + 1 + bytes];
    ByteBuffer.wrap(filler).putInt(1 + bytes).put((byte) 12);
    Arrays.fill(filler, 5, filler.length - 1, (byte) 0xFF);
    filler[filler.length - 1] = (byte) 0x80;
    List<Picture> padded = new ArrayList<>();
    for (Picture picture : pictures) {
      byte[] data = Arrays.copyOf(picture.data, picture.data.length + filler.length);
      System.arraycopy(filler, 0, data, picture.data.length, filler.length);
      padded.add(new Picture(picture.ptsFrames, picture.keyFrame, data));
    }
    return new Clip(format, padded, sound);
  }

  /** The same from a camera that never told its parameter sets. */
  Clip withoutConfiguration() {
    TrackFormat.Video video = format.video();
    return new Clip(
        new StreamFormat(
            List.of(
                new TrackFormat.Video(
                    video.codec(),
                    video.clockRate(),
                    Bytes.EMPTY,
                    video.width(),
                    video.height(),
                    video.codecString()))),
        pictures,
        List.of());
  }

  private static Clip read(Mp4Clip clip) {
    List<Picture> pictures = new ArrayList<>();
    List<byte[]> sound = new ArrayList<>();
    List<TrackFormat> formats = new ArrayList<>();
    for (Mp4Clip.Track track : clip.tracks()) {
      switch (Objects.requireNonNull(track.format())) {
        case TrackFormat.Video video -> {
          long frame = video.clockRate() / RATE;
          for (int i = 0; i < track.sampleCount(); i++) {
            Mp4Clip.Sample sample = track.sample(i);
            int later = (int) ((sample.pts() - sample.dts()) / frame);
            pictures.add(new Picture(later, sample.keyFrame(), track.read(i)));
          }
          formats.add(
              new TrackFormat.Video(
                  video.codec(),
                  90_000,
                  video.config(),
                  video.width(),
                  video.height(),
                  video.codecString()));
        }
        case TrackFormat.Audio audio -> {
          for (int i = 0; i < track.sampleCount(); i++) {
            sound.add(track.read(i));
          }
          formats.add(audio);
        }
        case TrackFormat.Metadata metadata -> {}
      }
    }
    return new Clip(new StreamFormat(formats), pictures, sound);
  }

  private static Clip load(String name) {
    try (Mp4Clip clip =
        Mp4Clip.open(Path.of(Objects.requireNonNull(Clip.class.getResource(name)).toURI()))) {
      return read(clip);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
