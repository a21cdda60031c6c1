package kg.sakchy.ffmpeg;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EINVAL;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Looks into a file or a stream with libavformat.
 *
 * <p>Files may be hostile: only formats that hold media themselves are read, never playlists or
 * scripts that name other files, and nothing but the file is opened. Threads: safe for use by many
 * threads; calls block, on platform threads best.
 */
public final class MediaProbe {
  private static final Duration FILE_TIMEOUT = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 5_000_000;
  private static final int MOST_TRACKS = 64;

  private static final String CONTAINERS =
      "mov,mp4,matroska,webm,mpegts,mpeg,avi,flv,asf,ogg,wav,mp3,aac,ac3,flac,h264,hevc,mjpeg,"
          + "jpeg_pipe,png_pipe";

  private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps", "http", "https");

  private MediaProbe() {}

  /**
   * @throws VmsException NOT_FOUND without the file, DATA_LOSS when it is no media or broken,
   *     UNSUPPORTED for formats that are not read
   */
  public static ProbeResult probe(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new VmsException(ErrorKind.NOT_FOUND, "there is no file " + file);
    }
    Map<String, String> options =
        Map.of("protocol_whitelist", "file", "format_whitelist", CONTAINERS);
    return probe("file:" + file.toAbsolutePath(), "read " + file, options, FILE_TIMEOUT);
  }

  /**
   * Connects to an RTSP (over TCP) or HTTP address and waits until its tracks are known.
   *
   * @param uri may hold user and password; messages do not repeat them
   * @throws VmsException INVALID_ARGUMENT for other schemes, else as the peer answers: UNAVAILABLE,
   *     TIMEOUT, UNAUTHENTICATED, NOT_FOUND, DATA_LOSS
   */
  public static ProbeResult probe(URI uri, Duration timeout) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "cannot probe addresses of " + scheme);
    }
    Map<String, String> options =
        Map.of(
            "protocol_whitelist",
            "rtsp,rtsps,rtp,srtp,tcp,tls,http,https",
            "format_whitelist",
            CONTAINERS + ",rtsp,sdp",
            "rtsp_transport",
            "tcp");
    return probe(uri.toString(), "read from " + uri.getHost(), options, timeout);
  }

  private static ProbeResult probe(
      String url, String doing, Map<String, String> options, Duration timeout) {
    Ffmpeg.init();
    AVFormatContext context =
        FfmpegErrors.allocated(avformat.avformat_alloc_context(), "a demuxer");
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((name, value) -> avutil.av_dict_set(dictionary, name, value, 0));
    try (Deadline deadline = new Deadline(timeout)) {
      deadline.watch(context);
      context.probesize(MOST_BYTES).max_streams(MOST_TRACKS);
      open(context, url, dictionary, doing, deadline);
      return result(context);
    } finally {
      avutil.av_dict_free(dictionary);
      avformat.avformat_close_input(context);
    }
  }

  private static void open(
      AVFormatContext context, String url, AVDictionary options, String doing, Deadline deadline) {
    // On failure it frees the context and sets the pointer to null.
    int result = avformat.avformat_open_input(context, url, null, options);
    if (result == AVERROR_EINVAL()) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED, "could not " + doing + ": no media of a known format");
    }
    if (result >= 0) {
      result = avformat.avformat_find_stream_info(context, (AVDictionary) null);
    }
    if (deadline.isOver()) { // demuxers name all sorts of reasons when they are interrupted
      throw new VmsException(ErrorKind.TIMEOUT, "could not " + doing + " in time");
    }
    FfmpegErrors.check(result, doing);
  }

  private static ProbeResult result(AVFormatContext context) {
    List<ProbeResult.Track> tracks = new ArrayList<>();
    for (int i = 0; i < context.nb_streams(); i++) {
      tracks.add(track(context.streams(i)));
    }
    long micros = context.duration();
    return new ProbeResult(
        context.iformat().name().getString(),
        micros == avutil.AV_NOPTS_VALUE ? null : Duration.ofNanos(micros * 1_000),
        Math.max(0, context.bit_rate()),
        tracks);
  }

  private static ProbeResult.Track track(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    String codec = avcodec.avcodec_get_name(parameters.codec_id()).getString();
    return switch (parameters.codec_type()) {
      case avutil.AVMEDIA_TYPE_VIDEO ->
          new ProbeResult.Video(
              codec, parameters.width(), parameters.height(), number(stream.avg_frame_rate()));
      case avutil.AVMEDIA_TYPE_AUDIO ->
          new ProbeResult.Audio(
              codec, parameters.sample_rate(), parameters.ch_layout().nb_channels());
      default -> new ProbeResult.Other(codec);
    };
  }

  private static double number(AVRational rational) {
    return rational.den() == 0 ? 0 : (double) rational.num() / rational.den();
  }
}
