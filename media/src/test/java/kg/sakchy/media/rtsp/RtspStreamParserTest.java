package kg.sakchy.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

class RtspStreamParserTest {
  private static final RtspLimits SMALL = new RtspLimits(64, 256, 32, 1_000);

  private static final String SLOPPY_HEAD =
      """
      RTSP/1.0 200
      CSeq:7
      no colon here
      : no name
      X-Long: one
       two\r
      \tthree
      x-empty:
      Session :  abc ;timeout=5

      """;

  private final RecordingSink sink = new RecordingSink();
  private final RtspStreamParser parser = new RtspStreamParser(RtspLimits.DEFAULTS);

  @Test
  void splitsMessagesAndFrames() {
    feed(
        text("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3\r\n\r\nabc"),
        frame(0, rtp(10)),
        text("GET_PARAMETER rtsp://h/p RTSP/1.0\r\nCSeq: 2\r\n\r\n"),
        frame(1, rtp(4)));
    assertThat(sink.items)
        .containsExactly(
            "message RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3\r\n\r\nabc",
            "frame 0 " + hex(rtp(10)),
            "message GET_PARAMETER rtsp://h/p RTSP/1.0\r\nCSeq: 2\r\n\r\n",
            "frame 1 " + hex(rtp(4)));
    assertThat(sink.garbageBytes).isZero();
  }

  /** Wherever the network cuts the stream, the items are the same. */
  @Test
  void cutsDoNotMatter() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int i = 0; i < 20; i++) {
        stream.writeBytes(
            switch (random.nextInt(4)) {
              case 0 -> text("\r\n");
              case 1 -> text("RTSP/1.0 200 OK\r\nCSeq: " + i + "\r\nContent-Length: 2\r\n\r\n$$");
              default -> frame(random.nextInt(4), rtp(random.nextInt(300)));
            });
      }
      byte[] bytes = stream.toByteArray();
      RecordingSink whole = new RecordingSink();
      new RtspStreamParser(RtspLimits.DEFAULTS).feed(ByteBuffer.wrap(bytes), whole);
      RecordingSink cut = new RecordingSink();
      RtspStreamParser fresh = new RtspStreamParser(RtspLimits.DEFAULTS);
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(round % 2 == 0 ? 3 : 500));
        ByteBuffer piece = ByteBuffer.wrap(bytes, from, to - from);
        fresh.feed(piece, cut);
        assertThat(piece.hasRemaining()).isFalse();
        from = to;
      }
      assertThat(cut.items).isEqualTo(whole.items).isNotEmpty();
      assertThat(cut.garbageBytes).isZero();
    }
  }

  @Test
  void aSinkMayLeaveThePayloadUnread() {
    List<Integer> channels = new ArrayList<>();
    parser.feed(
        ByteBuffer.wrap(join(frame(0, rtp(5)), frame(1, rtp(5)))),
        new RtspStreamParser.Sink() {
          @Override
          public void interleaved(int channel, ByteBuffer payload) {
            channels.add(channel);
            payload.position(payload.position() + channel);
          }

          @Override
          public void message(RtspMessage message) {}

          @Override
          public void garbage(int bytes) {}
        });
    assertThat(channels).containsExactly(0, 1);
  }

  @Test
  void findsTheWayBackAfterGarbageBetweenFrames() {
    byte[] garbage = HexFormat.of().parseHex("00ff24013344RTSP".replace("RTSP", "52545350"));
    for (int piece = 1; piece < 40; piece++) {
      RecordingSink pieces = new RecordingSink();
      RtspStreamParser fresh = new RtspStreamParser(RtspLimits.DEFAULTS);
      fresh.expectChannels(2);
      byte[] bytes =
          join(frame(0, rtp(50)), garbage, frame(0, rtp(60)), frame(1, rtp(8)), frame(0, rtp(70)));
      for (int from = 0; from < bytes.length; from += piece) {
        fresh.feed(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)), pieces);
      }
      assertThat(pieces.items)
          .as("in pieces of %d", piece)
          .containsExactly(
              "frame 0 " + hex(rtp(50)),
              "frame 0 " + hex(rtp(60)),
              "frame 1 " + hex(rtp(8)),
              "frame 0 " + hex(rtp(70)));
      assertThat(pieces.garbageBytes).isEqualTo(garbage.length);
    }
  }

  @Test
  void findsAMessageAfterGarbage() {
    feed(
        text("x$\u0001 RTSP RTSP/2 OPTIONSRTSP/1.x 1\n"),
        text("RTSP/1.0 454 Session Not Found\nCSeq: 9\n\n"));
    assertThat(sink.messages).hasSize(1);
    assertThat(sink.messages.getFirst().headers().cseq()).isEqualTo(9);
    assertThat(sink.garbageBytes).isGreaterThan(20);
  }

  /** Lengths that say too much swallow no neighbour. */
  @Test
  void aFrameWithAnOversizedLengthIsDroppedAndItsNeighboursAreKept() {
    byte[] broken = frame(0, rtp(100));
    broken[2] = 0x03;
    byte[][] good = new byte[12][];
    for (int i = 0; i < good.length; i++) {
      good[i] = frame(0, rtp(150 + i));
    }
    for (int piece : new int[] {1, 7, 100, 1_000, 10_000}) {
      RecordingSink pieces = new RecordingSink();
      RtspStreamParser fresh = new RtspStreamParser(RtspLimits.DEFAULTS);
      fresh.expectChannels(2);
      byte[] bytes = join(frame(0, rtp(20)), broken, join(good));
      for (int from = 0; from < bytes.length; from += piece) {
        fresh.feed(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)), pieces);
      }
      assertThat(pieces.items).as("in pieces of %d", piece).startsWith("frame 0 " + hex(rtp(20)));
      assertThat(pieces.items.size()).isBetween(13, 14);
      for (int i = 0; i < good.length; i++) {
        assertThat(pieces.items).contains("frame 0 " + hex(rtp(150 + i)));
      }
    }
  }

  @Test
  void theLargestFrameFits() {
    feed(frame(0, rtp(65_535 - 12)), frame(0, rtp(1)));
    assertThat(sink.items).hasSize(2);
  }

  @Test
  void tooMuchGarbageIsAnError() {
    RtspStreamParser small = new RtspStreamParser(SMALL);
    byte[] zeros = new byte[400];
    small.feed(ByteBuffer.wrap(zeros), sink);
    small.feed(ByteBuffer.wrap(zeros), sink);
    assertThatThrownBy(() -> small.feed(ByteBuffer.wrap(zeros), sink))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
  }

  @Test
  void goodItemsForgiveGarbage() {
    RtspStreamParser small = new RtspStreamParser(SMALL);
    for (int i = 0; i < 50; i++) {
      small.feed(ByteBuffer.wrap(join(new byte[400], frame(0, rtp(9)))), sink);
    }
    assertThat(sink.items).hasSize(50);
    assertThat(sink.garbageBytes).isEqualTo(50 * 400);
  }

  @Test
  void longLinesHeadsAndBodiesAreErrors() {
    refused("RTSP/1.0 200 " + "O".repeat(64));
    refused("RTSP/1.0 200 OK\r\n" + "X: y\r\n".repeat(50));
    refused("RTSP/1.0 200 OK\r\nContent-Length: 33\r\n\r\n");
    refused("RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n");
    refused("RTSP/1.0 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    refused("RTSP/1.0 200 OK\r\nContent-Length: 0x10\r\n\r\n");
  }

  private void refused(String text) {
    assertThatThrownBy(() -> new RtspStreamParser(SMALL).feed(ByteBuffer.wrap(text(text)), sink))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
  }

  @Test
  void aWebServerIsToldApart() {
    assertThatThrownBy(() -> feed(text("HTTP/1.1 400 Bad Request\r\n\r\n")))
        .isInstanceOfSatisfying(
            VmsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
              assertThat(e).hasMessageContaining("HTTP");
            });
  }

  @Test
  void toleratesSloppyHeads() {
    feed(text(SLOPPY_HEAD));
    RtspResponse response = (RtspResponse) sink.messages.getFirst();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.reason()).isEmpty();
    assertThat(response.headers().cseq()).isEqualTo(7);
    assertThat(response.headers().get("x-long")).isEqualTo("one two\tthree");
    assertThat(response.headers().get("X-Empty")).isEmpty();
    assertThat(response.headers().get("session")).isEqualTo("abc ;timeout=5");
    assertThat(response.headers().fields()).hasSize(4);
  }

  /** The usual case: many whole frames in one read. */
  @Test
  void handsFramesOnInPlaceWithoutAllocating() {
    byte[][] frames = new byte[200][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = frame(i % 2, rtp(1_200));
    }
    ByteBuffer read = ByteBuffer.wrap(join(frames));
    CountingSink counting = new CountingSink(read);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().threadId();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 100; i++) {
        parser.feed(read.clear(), counting);
      }
      allocated = Math.min(allocated, threads.getThreadAllocatedBytes(id) - before);
    }
    assertThat(counting.frames).isEqualTo(20 * 100 * 200);
    assertThat(counting.copies).isZero();
    assertThat(allocated).as("bytes for 20,000 frames").isLessThan(1_000);
  }

  private static final class CountingSink implements RtspStreamParser.Sink {
    private final int identity;
    private int frames;
    private int copies;

    CountingSink(ByteBuffer read) {
      identity = System.identityHashCode(read);
    }

    @Override
    public void interleaved(int channel, ByteBuffer payload) {
      frames++;
      if (System.identityHashCode(payload)
          != identity) { // in place means the very buffer that was fed
        copies++;
      }
    }

    @Override
    public void message(RtspMessage message) {
      throw new AssertionError(message);
    }

    @Override
    public void garbage(int bytes) {
      throw new AssertionError(bytes);
    }
  }

  private void feed(byte[]... pieces) {
    parser.feed(ByteBuffer.wrap(join(pieces)), sink);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] frame(int channel, byte[] payload) {
    ByteBuffer bytes = ByteBuffer.allocate(RtspWriter.FRAME_PREFIX_BYTES + payload.length);
    RtspWriter.writeFramePrefix(bytes, channel, payload.length);
    return bytes.put(payload).array();
  }

  /** An RTP packet with a payload that holds no dollar sign. */
  private static byte[] rtp(int payloadSize) {
    byte[] packet = new byte[12 + payloadSize];
    packet[0] = (byte) 0x80;
    for (int i = 1; i < packet.length; i++) {
      packet[i] = (byte) (i % 30);
    }
    return packet;
  }

  private static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
