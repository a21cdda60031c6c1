package kg.sakchy.media.codec.onvifmeta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.PacketFeed;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.Packetizers;
import org.junit.jupiter.api.Test;

class MetadataDepacketizerTest {
  private static final TrackFormat.Metadata FORMAT =
      new TrackFormat.Metadata(Codec.ONVIF_METADATA, 90_000, Bytes.EMPTY);
  private static final String DOCUMENT =
      "<?xml version=\"1.0\"?><tt:MetadataStream>" + "<a/>".repeat(200) + "</tt:MetadataStream>";

  private final PacketFeed feed = new PacketFeed(new MetadataDepacketizer(FORMAT));

  @Test
  void documentsComeBackAsTheyWereSent() {
    Packetizer packetizer = Packetizers.create(FORMAT, 107, 7, 200);
    for (int i = 0; i < 3; i++) {
      packetizer.packetize(9_000L * i, DOCUMENT.getBytes(UTF_8), feed::packet);
    }
    assertThat(feed.flush().order).hasToString("FKKK");
    assertThat(feed.out.data()).containsOnly(Bytes.copyOf(DOCUMENT.getBytes(UTF_8)));
    assertThat(feed.out.times()).isEqualTo(List.of(0L, 9_000L, 18_000L));
  }

  @Test
  void documentsOfOneTimeGetTicksOfTheirOwn() {
    text(0, true, DOCUMENT).text(0, true, DOCUMENT).text(0, true, DOCUMENT).text(9, true, DOCUMENT);
    assertThat(feed.flush().times()).isEqualTo(List.of(0L, 1L, 2L, 9L));
  }

  @Test
  void timeEndsADocumentWithoutMarker() {
    text(0, false, DOCUMENT).text(90, true, DOCUMENT);
    assertThat(feed.flush().order).hasToString("FKK");
  }

  @Test
  void aDocumentWithAHoleIsLost() {
    text(0, true, DOCUMENT).text(90, false, "<?xml version=\"1.0\"?>");
    feed.hole(1);
    text(90, true, "</tt:MetadataStream>").text(180, true, DOCUMENT);
    assertThat(feed.flush().order).hasToString("FKLK");
    assertThat(feed.out.losses)
        .containsExactly("1 RTP packet lost, 2 dropped with what they damaged");
  }

  @Test
  void behindAHoleOnlyTheBeginningOfADocumentCounts() {
    text(0, true, DOCUMENT);
    feed.hole(1);
    text(90, true, "<a/></tt:MetadataStream>");
    feed.hole(1);
    text(180, true, "<tt:MetadataStream/>");
    assertThat(feed.flush().order).hasToString("FKLK");
    assertThat(feed.out.lostPackets).isEqualTo(3);
  }

  @Test
  void joinedInTheMiddleOfADocument() {
    text(0, true, "<a/></tt:MetadataStream>").text(90, true, DOCUMENT);
    assertThat(feed.flush().order).hasToString("FK");
  }

  @Test
  void aDocumentOverTheLimitIsLost() {
    text(0, true, DOCUMENT);
    text(90, false, "<?xml version=\"1.0\"?>");
    for (int i = 0; i < 20; i++) {
      text(90, false, " ".repeat(60_000));
    }
    text(90, true, ">").text(180, true, DOCUMENT);
    assertThat(feed.flush().order).hasToString("FKLK");
  }

  private MetadataDepacketizerTest text(long ticks, boolean marker, String text) {
    feed.payload(ticks, marker, text.getBytes(UTF_8));
    return this;
  }
}
