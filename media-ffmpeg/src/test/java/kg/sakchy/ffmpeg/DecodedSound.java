package kg.sakchy.ffmpeg;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/** What libavcodec's decoder makes of a sound track: the first channel, each sample at its time. */
final class DecodedSound {
  private final float[] samples;

  private DecodedSound(float[] samples) {
    this.samples = samples;
  }

  static DecodedSound of(MediaFile file, int track) {
    List<MediaFile.Sample> packets = file.samplesOf(track);
    float[] line = new float[(int) (packets.getLast().pts() + packets.getLast().duration())];
    MediaFile.Track format = file.tracks().get(track);
    AVCodec codec = avcodec.avcodec_find_decoder(format.codecId());
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    try {
      context
          .extradata(NativeBlock.copyOf(format.config()).bytes())
          .extradata_size(format.config().length)
          .sample_rate(format.sampleRate());
      FfmpegErrors.check(
          avcodec.avcodec_open2(context, codec, (AVDictionary) null), "open a decoder");
      for (MediaFile.Sample sample : packets) {
        try (NativeBlock data = NativeBlock.copyOf(sample.data())) {
          packet.data(data.bytes()).size(sample.data().length).pts(sample.pts());
          FfmpegErrors.check(avcodec.avcodec_send_packet(context, packet), "decode");
          FfmpegErrors.check(avcodec.avcodec_receive_frame(context, frame), "decode");
        }
        new FloatPointer(frame.data(0)).get(line, (int) sample.pts(), frame.nb_samples());
      }
      return new DecodedSound(line);
    } finally {
      avutil.av_frame_free(frame);
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
  }

  /** By how many samples this is later than {@code original} between two times. */
  int lag(float[] original, int from, int to, int most) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int lag = -most; lag <= most; lag++) {
      double correlation = correlation(original, from, to, lag);
      if (correlation > highest) {
        highest = correlation;
        best = lag;
      }
    }
    return best;
  }

  /** From -1 to 1. */
  double correlation(float[] original, int from, int to, int lag) {
    double product = 0;
    double mine = 0;
    double others = 0;
    for (int i = from; i < to; i++) {
      product += original[i] * samples[i + lag];
      mine += samples[i + lag] * samples[i + lag];
      others += original[i] * original[i];
    }
    return mine * others == 0 ? 0 : product / Math.sqrt(mine * others);
  }

  boolean isSilent(int from, int to) {
    return Arrays.stream(toDoubles(from, to)).allMatch(sample -> Math.abs(sample) < 0.02);
  }

  private double[] toDoubles(int from, int to) {
    double[] doubles = new double[to - from];
    Arrays.setAll(doubles, i -> samples[from + i]);
    return doubles;
  }
}
