package kg.sakchy.ffmpeg;

import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Makes init segments with libavformat's {@code mp4} muxer: it knows the sample entries and codec
 * boxes of every codec. The fragments behind it are written by {@link
 * kg.sakchy.media.mp4.FragmentWriter}.
 */
final class InitWriter {
  private static final String MOVFLAGS = "frag_custom+empty_moov+default_base_moof+skip_trailer";

  private InitWriter() {}

  /**
   * {@code ftyp} and {@code moov} of a file.
   *
   * @param formats one for each track, in the order of the tracks; none is metadata or G.711
   * @throws VmsException INVALID_ARGUMENT or UNSUPPORTED when the muxer refuses a format
   */
  static byte[] write(List<TrackFormat> formats) {
    Ffmpeg.init();
    AVFormatContext context = new AVFormatContext(null);
    FfmpegErrors.check(
        avformat.avformat_alloc_output_context2(context, null, "mp4", null), "open the MP4 muxer");
    try {
      formats.forEach(format -> CodecParameters.addStream(context, format));
      byte[] init = writeHeader(context);
      checkTimeBases(context, formats);
      return init;
    } finally {
      avformat.avformat_free_context(context);
    }
  }

  private static byte[] writeHeader(AVFormatContext context) {
    int flags = context.flags() & ~AVFormatContext.AVFMT_FLAG_AUTO_BSF;
    context.flags(flags | AVFormatContext.AVFMT_FLAG_BITEXACT);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "movflags", MOVFLAGS, 0);
    avutil.av_dict_set(options, "use_editlist", "0", 0);
    AVIOContext output = new AVIOContext(null);
    FfmpegErrors.check(avformat.avio_open_dyn_buf(output), "open a buffer");
    context.pb(output);
    int result = avformat.avformat_write_header(context, options);
    avutil.av_dict_free(options);
    context.pb(null);
    byte[] header = close(output);
    FfmpegErrors.check(result, "open an MP4 file for these formats");
    return header;
  }

  /** The muxer may choose another time scale than the one asked for; then ticks would be wrong. */
  private static void checkTimeBases(AVFormatContext context, List<TrackFormat> formats) {
    for (int i = 0; i < formats.size(); i++) {
      try (AVRational timeBase = context.streams(i).time_base()) {
        if (timeBase.num() != 1 || timeBase.den() != formats.get(i).clockRate()) {
          throw new VmsException(
              ErrorKind.UNSUPPORTED,
              "a clock of " + formats.get(i).clockRate() + " Hz cannot be kept in MP4");
        }
      }
    }
  }

  private static byte[] close(AVIOContext output) {
    BytePointer buffer = new BytePointer();
    byte[] bytes = new byte[Math.max(0, avformat.avio_close_dyn_buf(output, buffer))];
    if (bytes.length > 0) {
      buffer.get(bytes, 0, bytes.length);
    }
    avutil.av_free(buffer);
    return bytes;
  }
}
