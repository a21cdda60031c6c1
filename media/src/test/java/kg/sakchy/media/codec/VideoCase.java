package kg.sakchy.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import kg.sakchy.core.unit.Bytes;

/**
 * One row of a depacketizer's table.
 *
 * @param name what is special
 * @param packets each {@code "[-LOST] TICKS [M] HEX"}: packets lost before it, RTP time, the marker
 *     bit, the payload
 * @param order what comes out, see {@link RecordedOutput#order}
 * @param samples each {@code "PTS: NAL NAL"} in hex
 * @param loss the first reason of a loss, empty if there is none
 */
public record VideoCase(
    String name, List<String> packets, String order, List<String> samples, String loss) {
  /** A row without a loss. */
  public static VideoCase row(
      String name, List<String> packets, String order, List<String> samples) {
    return row(name, packets, order, samples, "");
  }

  public static VideoCase row(
      String name, List<String> packets, String order, List<String> samples, String loss) {
    return new VideoCase(name, packets, order, samples, loss);
  }

  public static Bytes bytes(String hex) {
    return Bytes.copyOf(HexFormat.of().parseHex(hex));
  }

  /** Feeds the packets and compares what comes out, the end of the stream included. */
  public void check(Depacketizer depacketizer) {
    RecordedOutput out = feed(depacketizer, packets).flush();
    assertThat(out.losses.isEmpty() ? "" : out.losses.getFirst()).isEqualTo(loss);
    assertThat(text(out)).isEqualTo(samples);
    assertThat(out.order).hasToString(order);
  }

  public static PacketFeed feed(Depacketizer depacketizer, List<String> packets) {
    PacketFeed feed = new PacketFeed(depacketizer);
    for (String packet : packets) {
      String[] words = packet.split(" ", -1);
      int at = 0;
      if (words[at].startsWith("-")) {
        feed.hole(Integer.parseInt(words[at++].substring(1)));
      }
      long ticks = Long.parseLong(words[at++]);
      boolean marker = at < words.length && words[at].equals("M");
      at += marker ? 1 : 0;
      feed.payload(ticks, marker, String.join("", Arrays.asList(words).subList(at, words.length)));
    }
    return feed;
  }

  private static List<String> text(RecordedOutput out) {
    return out.samples.stream()
        .map(
            sample ->
                sample.pts()
                    + ": "
                    + NalUnits.split(sample.data().toByteArray()).stream()
                        .map(Bytes::toString)
                        .collect(Collectors.joining(" ")))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
