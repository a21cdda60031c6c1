package kg.sakchy.ffmpeg;

import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * libavformat's {@code mp4} muxer, writing fragments into memory: the owner of one AVFormatContext.
 *
 * <p>Settings: {@code frag_custom} (a fragment ends when we say so), {@code empty_moov}, {@code
 * default_base_moof}; {@code skip_trailer}, with which the muxer keeps no table of the fragments it
 * wrote, so its memory does not grow; no edit lists and a {@link FragmentClock} for each track, so
 * that times in the file are the times given; no bit stream filters, so bytes in the file are the
 * bytes given.
 */
final class FragmentWriter implements AutoCloseable {
  private static final String MOVFLAGS = "frag_custom+empty_moov+default_base_moof+skip_trailer";

  private final AVFormatContext context;
  private final AVPacket packet;
  private final List<FragmentClock> clocks;
  private final byte[] init;

  /**
   * Writes the init segment.
   *
   * @param formats one for each stream, in the order of the streams; none is metadata or G.711
   * @throws VmsException INVALID_ARGUMENT or UNSUPPORTED when the muxer refuses a format
   */
  FragmentWriter(List<TrackFormat> formats) {
    Ffmpeg.init();
    clocks = formats.stream().map(format -> new FragmentClock()).toList();
    context = new AVFormatContext(null);
    FfmpegErrors.check(
        avformat.avformat_alloc_output_context2(context, null, "mp4", null), "open the MP4 muxer");
    packet = avcodec.av_packet_alloc();
    try {
      FfmpegErrors.allocated(packet, "a packet");
      formats.forEach(format -> CodecParameters.addStream(context, format));
      init = writeHeader();
      checkTimeBases(formats);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** {@code ftyp} and {@code moov}. */
  byte[] init() {
    return init.clone();
  }

  /** Begins to collect a fragment; {@link #end} must follow. */
  void begin() {
    clocks.forEach(FragmentClock::beginFragment);
  }

  /**
   * Adds one sample to the fragment.
   *
   * @param data must stay as it is until this returns, which has copied it
   */
  void write(
      int stream, long pts, long dts, long duration, boolean keyFrame, BytePointer data, int size) {
    long muxerDts = clocks.get(stream).toMuxer(dts, duration);
    packet
        .stream_index(stream)
        .pts(muxerDts + (pts - dts))
        .dts(muxerDts)
        .duration(duration)
        .flags(keyFrame ? avcodec.AV_PKT_FLAG_KEY : 0)
        .data(data)
        .size(size);
    FfmpegErrors.check(avformat.av_write_frame(context, packet), "add a sample to a part");
  }

  /** Ends the fragment: {@code moof} and {@code mdat}, or nothing when no sample was added. */
  byte[] end() {
    AVIOContext output = openOutput();
    try {
      FfmpegErrors.check(avformat.av_write_frame(context, (AVPacket) null), "write a part");
    } catch (RuntimeException e) {
      closeOutput(output);
      throw e;
    }
    byte[] part = closeOutput(output);
    if (part.length > 0) {
      FragmentTimes.set(part, trackId -> clocks.get(trackId - 1).origin());
    }
    return part;
  }

  private byte[] writeHeader() {
    int flags = context.flags() & ~AVFormatContext.AVFMT_FLAG_AUTO_BSF;
    context.flags(flags | AVFormatContext.AVFMT_FLAG_BITEXACT);
    context.avoid_negative_ts(AVFormatContext.AVFMT_AVOID_NEG_TS_DISABLED);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "movflags", MOVFLAGS, 0);
    avutil.av_dict_set(options, "use_editlist", "0", 0);
    AVIOContext output = openOutput();
    int result = avformat.avformat_write_header(context, options);
    avutil.av_dict_free(options);
    byte[] header = closeOutput(output);
    FfmpegErrors.check(result, "open an MP4 file for these formats");
    return header;
  }

  /** The muxer may choose another time scale than the one asked for; then ticks would be wrong. */
  private void checkTimeBases(List<TrackFormat> formats) {
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

  private AVIOContext openOutput() {
    AVIOContext output = new AVIOContext(null);
    FfmpegErrors.check(avformat.avio_open_dyn_buf(output), "open a buffer");
    context.pb(output);
    return output;
  }

  private byte[] closeOutput(AVIOContext output) {
    context.pb(null);
    BytePointer buffer = new BytePointer();
    byte[] bytes = new byte[Math.max(0, avformat.avio_close_dyn_buf(output, buffer))];
    if (bytes.length > 0) {
      buffer.get(bytes, 0, bytes.length);
    }
    avutil.av_free(buffer);
    return bytes;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avformat.avformat_free_context(context);
  }
}
