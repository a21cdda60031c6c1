package kg.sakchy.media.codec.onvifmeta;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.InOrderTrack;
import kg.sakchy.media.codec.SampleBuffer;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * ONVIF metadata in RTP: the payloads of successive packets form a document, which the marker bit
 * ends (ONVIF Streaming §5.2.1.1). Nothing in it is read.
 *
 * <p>Documents of one RTP time are a camera's right; the later ones get the next ticks, so that
 * time rises. Tolerated: a missing marker, if the time changes.
 *
 * <p>Threads: confined to one.
 */
public final class MetadataDepacketizer implements Depacketizer {
  private static final int MAX_DOCUMENT_BYTES = 1 << 20;

  private static final Pattern BEGINNING =
      Pattern.compile("\\s*<(?:\\?xml|(?:[\\w.-]+:)?MetadataStream)");

  /** How much of a packet is looked at for {@link #BEGINNING}. */
  private static final int HEAD_BYTES = 64;

  /** Documents of one time that are told apart by a tick each. */
  private static final int MAX_SAME_TIME = 1_000;

  private final TrackFormat.Metadata format;
  private final InOrderTrack track = new InOrderTrack();
  private final SampleBuffer document = new SampleBuffer(MAX_DOCUMENT_BYTES);
  private int packets;
  private long ticks;
  private boolean damaged;
  private boolean whereItBegins = true;
  private long last = Long.MIN_VALUE;

  public MetadataDepacketizer(TrackFormat.Metadata format) {
    this.format = format;
  }

  @Override
  public void push(RtpPacket packet, long packetTicks, int lostBefore, Output out) {
    if (lostBefore > 0) {
      track.losses().missing(lostBefore);
      damaged = true;
    }
    if (packets > 0 && packetTicks != ticks) {
      close(out);
      damaged = lostBefore > 0;
    }
    ByteBuffer payload = packet.payload();
    if (packets == 0) {
      // Joined in the middle, or behind a hole: only a document's first words make it whole.
      damaged = (damaged || whereItBegins) && !beginsDocument(payload);
    }
    ticks = packetTicks;
    packets++;
    damaged = damaged || !document.append(payload, 0, payload.remaining());
    if (packet.marker()) {
      close(out);
    }
  }

  @Override
  public void flush(Output out) {
    if (packets > 0) {
      damaged = true;
      close(out);
    }
    track.losses().report(out);
  }

  private static boolean beginsDocument(ByteBuffer payload) {
    byte[] head = new byte[Math.min(HEAD_BYTES, payload.remaining())];
    payload.get(0, head);
    return BEGINNING.matcher(new String(head, StandardCharsets.ISO_8859_1)).lookingAt();
  }

  private void close(Output out) {
    if (damaged && !whereItBegins) {
      track.losses().discarded(packets, "a metadata document that is not whole");
    } else if (!damaged && document.size() > 0) {
      boolean sameTime = ticks <= last && last - ticks < MAX_SAME_TIME;
      last = sameTime ? last + 1 : ticks;
      track.deliver(format, last, document.toSample(), packets, out);
    }
    whereItBegins = false;
    damaged = false;
    packets = 0;
    document.clear();
  }
}
