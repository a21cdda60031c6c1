package kg.sakchy.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.unit.Bytes;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;

/** A media file as libavformat's demuxer sees it, wholly in memory. */
@SuppressWarnings("ArrayRecordComponent") // test data, compared field by field
record MediaFile(List<Track> tracks, List<Sample> samples) {
  record Track(
      int codecId,
      int timeScale,
      byte[] config,
      int width,
      int height,
      int sampleRate,
      int channels,
      int codecTag) {}

  /** Times in ticks of the track's time scale. */
  record Sample(int track, long pts, long dts, long duration, boolean keyFrame, byte[] data) {}

  static MediaFile resource(String name, Path directory) {
    try (InputStream in = MediaFile.class.getResourceAsStream(name)) {
      Path copy = directory.resolve(name);
      Files.copy(in, copy);
      return read(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MediaFile read(Path file) {
    Ffmpeg.init();
    AVFormatContext context = new AVFormatContext(null);
    FfmpegErrors.check(
        avformat.avformat_open_input(context, file.toString(), null, null), "open " + file);
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      FfmpegErrors.check(
          avformat.avformat_find_stream_info(context, (AVDictionary) null), "probe " + file);
      List<Track> tracks = new ArrayList<>();
      for (int i = 0; i < context.nb_streams(); i++) {
        tracks.add(track(context.streams(i)));
      }
      List<Sample> samples = new ArrayList<>();
      while (avformat.av_read_frame(context, packet) >= 0) {
        byte[] data = new byte[packet.size()];
        packet.data().get(data);
        boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        samples.add(
            new Sample(
                packet.stream_index(), packet.pts(), packet.dts(), packet.duration(), key, data));
        avcodec.av_packet_unref(packet);
      }
      return new MediaFile(tracks, samples);
    } finally {
      avcodec.av_packet_free(packet);
      avformat.avformat_close_input(context);
    }
  }

  private static Track track(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    byte[] config = new byte[parameters.extradata_size()];
    if (config.length > 0) {
      parameters.extradata().get(config);
    }
    return new Track(
        parameters.codec_id(),
        stream.time_base().den(),
        config,
        parameters.width(),
        parameters.height(),
        parameters.sample_rate(),
        parameters.ch_layout().nb_channels(),
        parameters.codec_tag());
  }

  List<Sample> samplesOf(int track) {
    return samples.stream().filter(sample -> sample.track() == track).toList();
  }

  /** The tracks as a camera would announce them: video on 90 kHz. */
  StreamFormat format() {
    return new StreamFormat(tracks.stream().map(MediaFile::format).toList());
  }

  private static TrackFormat format(Track track) {
    Bytes config = Bytes.copyOf(track.config());
    return switch (track.codecId()) {
      case avcodec.AV_CODEC_ID_H264 -> video(Codec.H264, track, config, "avc1.test");
      case avcodec.AV_CODEC_ID_HEVC -> video(Codec.H265, track, config, "hvc1.test");
      case avcodec.AV_CODEC_ID_MJPEG -> video(Codec.MJPEG, track, Bytes.EMPTY, "mp4v.6C");
      case avcodec.AV_CODEC_ID_AAC -> sound(Codec.AAC, track, config, "mp4a.40.2");
      case avcodec.AV_CODEC_ID_OPUS -> sound(Codec.OPUS, track, dops(track.config()), "opus");
      default -> throw new IllegalArgumentException("codec " + track.codecId());
    };
  }

  private static TrackFormat video(Codec codec, Track track, Bytes config, String string) {
    return new TrackFormat.Video(codec, 90_000, config, track.width(), track.height(), string);
  }

  private static TrackFormat sound(Codec codec, Track track, Bytes config, String string) {
    return new TrackFormat.Audio(codec, track.sampleRate(), config, track.channels(), string);
  }

  /** From OpusHead, whose fields are little-endian. */
  private static Bytes dops(byte[] head) {
    byte[] dops = {
      0, head[9], head[11], head[10], head[15], head[14], head[13], head[12], head[17], head[16], 0
    };
    return Bytes.copyOf(dops);
  }

  /** The samples on the clocks of {@link #format}, each track's decoding times from 0. */
  List<MuxSample> muxSamples() {
    StreamFormat format = format();
    long[] first = new long[tracks.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = samplesOf(i).getFirst().dts();
    }
    return samples.stream()
        .map(
            sample -> {
              int from = tracks.get(sample.track()).timeScale();
              int to = format.tracks().get(sample.track()).clockRate();
              long origin = first[sample.track()];
              return new MuxSample(
                  sample.track(),
                  MediaTime.rescale(sample.pts() - origin, from, to),
                  MediaTime.rescale(sample.dts() - origin, from, to),
                  MediaTime.rescale(sample.duration(), from, to),
                  sample.keyFrame(),
                  sample.data());
            })
        .toList();
  }
}
