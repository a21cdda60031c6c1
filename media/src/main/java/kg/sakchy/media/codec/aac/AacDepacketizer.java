package kg.sakchy.media.codec.aac;

import java.nio.ByteBuffer;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.codec.BitReader;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.InOrderTrack;
import kg.sakchy.media.codec.SampleBuffer;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * AAC in RTP (RFC 3640): several frames in a packet, or a frame over several packets.
 *
 * <pre>
 * |AU-headers-length in bits: 16|AU header|AU header|...|pad to a byte|AU|AU|...
 * </pre>
 *
 * <p>The frames of a packet follow each other without holes: the first has the packet's time.
 * Interleaving (an index difference over 0) is not supported; such packets are losses. Tolerated:
 * empty payloads, empty frames, an ADTS header before a frame (cut off: MP4 has none).
 *
 * <p>Threads: confined to one.
 */
public final class AacDepacketizer implements Depacketizer {
  private static final int MAX_FRAME_BYTES = 64 << 10;
  private static final int ADTS_BYTES = 7;
  private static final int ADTS_CHECKED_BYTES = 9;
  private static final String TRUNCATED = "a sound frame without all its fragments";

  private final TrackFormat.Audio format;
  private final AacHeaderLayout layout;
  private final AudioSpecificConfig config;
  private final InOrderTrack track = new InOrderTrack();
  private final SampleBuffer fragments = new SampleBuffer(MAX_FRAME_BYTES);

  // The frame being gathered from fragments; expected is 0 if there is none.
  private int expected;
  private long fragmentTicks;
  private int fragmentPackets;

  /**
   * @throws VmsException DATA_LOSS if the format's configuration is malformed
   */
  public AacDepacketizer(TrackFormat.Audio format, AacHeaderLayout layout) {
    this.format = format;
    this.layout = layout;
    this.config = AudioSpecificConfig.parse(format.config());
  }

  @Override
  public void push(RtpPacket packet, long ticks, int lostBefore, Output out) {
    if (lostBefore > 0) {
      track.losses().missing(lostBefore);
      dropFragments();
    }
    ByteBuffer payload = packet.payload();
    if (!payload.hasRemaining()) {
      return;
    }
    if (expected > 0 && ticks != fragmentTicks) {
      dropFragments();
    }
    try {
      read(payload, ticks, out);
    } catch (VmsException malformed) {
      dropFragments();
      track.losses().discarded(1, "malformed AU headers");
    }
  }

  @Override
  public void flush(Output out) {
    dropFragments();
    track.losses().report(out);
  }

  private void dropFragments() {
    if (expected > 0) {
      expected = 0;
      track.losses().discarded(fragmentPackets, TRUNCATED);
    }
  }

  private void read(ByteBuffer payload, long ticks, Output out) {
    int end = payload.remaining();
    int headerBits = end < 2 ? 0 : payload.getShort(0) & 0xffff;
    int headerBytes = (headerBits + 7) / 8;
    if (headerBits == 0 || headerBytes > end - 2) {
      track.losses().discarded(1, "AU headers longer than the packet");
      return;
    }
    byte[] headers = new byte[headerBytes];
    payload.get(2, headers);
    BitReader in = new BitReader(headers);
    int padding = 8 * headerBytes - headerBits;
    int at = 2 + headerBytes + auxiliaryBytes(payload, 2 + headerBytes);
    for (int frame = 0; in.remaining() - padding >= layout.size(); frame++) {
      int size = in.intBits(layout.size());
      int index = in.intBits(frame == 0 ? layout.index() : layout.indexDelta());
      skipRest(in);
      if (frame > 0 && index != 0) {
        track.losses().discarded(1, "interleaved sound frames are not supported");
        return;
      }
      if (size > end - at || expected > 0) {
        boolean onlyFrame = frame == 0 && in.remaining() - padding < layout.size();
        fragment(payload, at, onlyFrame ? size : 0, ticks, out);
        return;
      }
      frame(payload, at, size, timeOf(ticks, frame), out);
      at += size;
    }
  }

  /** Size of the auxiliary section (RFC 3640 §3.2.2), its length field included. */
  private int auxiliaryBytes(ByteBuffer payload, int at) {
    if (layout.auxiliarySize() == 0) {
      return 0;
    }
    byte[] field = new byte[Math.min(4, Math.max(0, payload.remaining() - at))];
    payload.get(at, field);
    long bits = layout.auxiliarySize() + new BitReader(field).bits(layout.auxiliarySize());
    return (int) Math.min((bits + 7) / 8, payload.remaining() - at);
  }

  private void skipRest(BitReader in) {
    if (layout.ctsDelta() > 0 && in.flag()) {
      in.skip(layout.ctsDelta());
    }
    if (layout.dtsDelta() > 0 && in.flag()) {
      in.skip(layout.dtsDelta());
    }
    in.skip(layout.randomAccess() + layout.streamState());
  }

  private long timeOf(long ticks, int frame) {
    return ticks + (long) frame * config.frameSamples() * format.clockRate() / config.sampleRate();
  }

  /**
   * Takes a fragment; every one announces the size of the whole frame (RFC 3640 §3.2.3.1).
   *
   * @param size of the whole frame, 0 if the packet is malformed
   */
  private void fragment(ByteBuffer payload, int at, int size, long ticks, Output out) {
    if (expected == 0 && size > 0 && size <= MAX_FRAME_BYTES) {
      expected = size;
      fragmentTicks = ticks;
      fragmentPackets = 0;
      fragments.clear();
    }
    int length = payload.remaining() - at;
    fragmentPackets++;
    if (expected == 0) {
      track.losses().discarded(1, "a sound frame longer than its packet");
    } else if (size != expected || !fragments.append(payload, at, length)) {
      dropFragments();
    } else if (fragments.size() >= expected) {
      boolean exact = fragments.size() == expected;
      ByteBuffer whole = ByteBuffer.wrap(fragments.toSample());
      if (exact) {
        expected = 0;
        frame(whole, 0, whole.remaining(), ticks, out);
      } else {
        dropFragments();
      }
    }
  }

  private void frame(ByteBuffer source, int at, int size, long pts, Output out) {
    int skip = adtsBytes(source, at, size);
    if (size - skip > 0) {
      byte[] sample = new byte[size - skip];
      source.get(at + skip, sample);
      track.deliver(format, pts, sample, 1, out);
    }
  }

  /** Size of an ADTS header (ISO/IEC 14496-3 §1.A.2.2) whose length field fits, else 0. */
  private static int adtsBytes(ByteBuffer source, int at, int size) {
    if (size <= ADTS_CHECKED_BYTES || (source.getShort(at) & 0xfff6) != 0xfff0) {
      return 0;
    }
    int length = source.getInt(at + 3) >> 13 & 0x1fff;
    boolean unchecked = (source.get(at + 1) & 1) != 0;
    return length != size ? 0 : unchecked ? ADTS_BYTES : ADTS_CHECKED_BYTES;
  }
}
