package kg.sakchy.web;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.mp4.FragmentSample;
import kg.sakchy.media.mp4.FragmentSamples;
import kg.sakchy.media.mp4.InitSegment;

/** What is in a Media Segment. */
final class HlsMedia {
  private static final int MOOF = 0x6D6F6F66;

  private HlsMedia() {}

  /** Every sample: its times and its bytes. */
  static List<String> samples(byte[] init, byte[] media) {
    InitSegment tracks = InitSegment.parse(Bytes.copyOf(init));
    List<String> samples = new ArrayList<>();
    int at = 0;
    while (at < media.length) {
      ByteBuffer boxes = ByteBuffer.wrap(media, at, media.length - at).slice();
      if (boxes.getInt(4) == MOOF) {
        for (FragmentSample sample : FragmentSamples.list(boxes, tracks)) {
          samples.add(
              "%d %d %d %s %d"
                  .formatted(
                      sample.track(),
                      sample.pts(),
                      sample.dts(),
                      sample.keyFrame(),
                      Arrays.hashCode(FragmentSamples.data(boxes, sample))));
        }
      }
      at += boxes.getInt(0);
    }
    return samples;
  }
}
