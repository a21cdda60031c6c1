package kg.sakchy.ffmpeg;

import java.nio.file.Path;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Writes a plain MP4 file through libavformat: the owner of one muxer and its file. */
final class ClipWriter implements AutoCloseable {
  private final AVFormatContext context = new AVFormatContext(null);
  private final AVPacket packet;

  ClipWriter(Path file, StreamFormat format) {
    Ffmpeg.init();

    FfmpegErrors.check(
        avformat.avformat_alloc_output_context2(context, null, "mp4", file.toString()),
        "open the MP4 muxer");
    packet = avcodec.av_packet_alloc();
    try {
      format.tracks().forEach(track -> CodecParameters.addStream(context, track));
      AVIOContext output = new AVIOContext(null);
      int opened = avformat.avio_open(output, file.toString(), avformat.AVIO_FLAG_WRITE);
      if (opened < 0) {
        throw new VmsException(
            ErrorKind.UNAVAILABLE, "cannot write " + file + ": " + FfmpegErrors.text(opened));
      }
      context.pb(output);
      writeHeader();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void writeHeader() {
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "movflags", "faststart", 0);
    int result = avformat.avformat_write_header(context, options);
    avutil.av_dict_free(options);
    FfmpegErrors.check(result, "begin a clip");
  }

  /**
   * @param duration in ticks of the track's clock
   */
  void write(AccessUnit unit, long duration) {
    try (NativeBlock data = NativeBlock.copyOf(unit.data())) {
      packet.data(data.bytes()).size(unit.data().length);
      packet
          .stream_index(unit.track())
          .pts(unit.pts())
          .dts(unit.dts())
          .duration(duration)
          .flags(unit.keyFrame() ? avcodec.AV_PKT_FLAG_KEY : 0);
      FfmpegErrors.check(avformat.av_write_frame(context, packet), "write a clip");
    }
  }

  /** Writes what stands at the end; without it the file is of no use. */
  void finish() {
    FfmpegErrors.check(avformat.av_write_trailer(context), "end a clip");
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    if (context.pb() != null) {
      avformat.avio_closep(context.pb());
      context.pb(null);
    }
    avformat.avformat_free_context(context);
  }
}
