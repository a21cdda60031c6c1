package kg.sakchy.media.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SessionDescription;

/**
 * What an independent packetizer made of an independent encoder's clip; the files and the program
 * that makes them are described in {@code src/test/golden/make_rtp_goldens.py}.
 */
public record Golden(
    MediaDescription media, List<ByteBuffer> packets, List<RecordedOutput.Sample> source) {
  public static Golden load(String name) {
    List<ByteBuffer> packets = new ArrayList<>();
    ByteBuffer framed = ByteBuffer.wrap(bytes(name + ".rtp"));
    while (framed.hasRemaining()) {
      int size = framed.getShort() & 0xffff;
      packets.add(framed.slice(framed.position(), size));
      framed.position(framed.position() + size);
    }
    String sdp = new String(bytes(name + ".sdp"), StandardCharsets.UTF_8);
    return new Golden(SessionDescription.parse(sdp).media().getFirst(), packets, source(name));
  }

  /** The source's {@code avcC} or {@code hvcC}. */
  public static Bytes config(String name) {
    return Bytes.copyOf(bytes(name + ".config"));
  }

  private static List<RecordedOutput.Sample> source(String name) {
    List<RecordedOutput.Sample> samples = new ArrayList<>();
    ByteBuffer data = ByteBuffer.wrap(bytes(name + ".samples"));
    for (String row : new String(bytes(name + ".csv"), StandardCharsets.UTF_8).lines().toList()) {
      String[] fields = row.split(",", -1);
      int size = Integer.parseInt(fields[2]);
      samples.add(
          new RecordedOutput.Sample(
              Long.parseLong(fields[0]),
              Long.parseLong(fields[1]),
              fields[3].equals("1"),
              Bytes.copyOf(data.slice(data.position(), size))));
      data.position(data.position() + size);
    }
    return samples;
  }

  private static byte[] bytes(String file) {
    try (InputStream in = Golden.class.getResourceAsStream("golden/" + file)) {
      if (in == null) {
        throw new AssertionError("no golden file " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A feed that got all packets. */
  public PacketFeed feed() {
    PacketFeed feed = new PacketFeed(Depacketizers.create(media).orElseThrow());
    packets.forEach(feed::packet);
    return feed;
  }
}
