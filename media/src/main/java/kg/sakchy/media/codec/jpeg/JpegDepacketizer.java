package kg.sakchy.media.codec.jpeg;

import java.nio.ByteBuffer;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.Depacketizer;
import kg.sakchy.media.codec.InOrderTrack;
import kg.sakchy.media.codec.SampleBuffer;
import kg.sakchy.media.codec.VideoParameters;
import kg.sakchy.media.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * JPEG in RTP (RFC 2435 §3.1). A sample is a whole JPEG file.
 *
 * <pre>
 * |type-specific 8|fragment offset 24|type 8|Q 8|width/8 8|height/8 8|
 * types 64 to 127:          |restart interval 16|F L restart count 16|
 * first fragment, Q >= 128: |MBZ 8|precision 8|length 16|quantization tables|
 * all:                      |scan data|
 * </pre>
 *
 * <p>A frame ends with the marker bit or when time changes. Supported: types 0, 1, 64, 65, frames
 * as a whole. Fields of interlaced video and other types are losses. Sizes over 2040 do not fit the
 * header; the session description's is used then.
 *
 * <p>Threads: confined to one.
 */
public final class JpegDepacketizer implements Depacketizer {
  private static final int HEADER_BYTES = 8;
  private static final int RESTART_HEADER_BYTES = 4;
  private static final int TABLE_HEADER_BYTES = 4;
  private static final int FIRST_RESTART_TYPE = 64;
  private static final int FIRST_TABLE_QUALITY = 128;
  private static final int NEVER_CACHED_QUALITY = 255;
  private static final int END_OF_IMAGE = 0xd9;

  private final int describedWidth;
  private final int describedHeight;
  private final InOrderTrack track = new InOrderTrack();
  private final SampleBuffer frame = new SampleBuffer(SampleBuffer.MAX_SAMPLE_BYTES);

  // The frame being gathered.
  private int packets;
  private long ticks;
  private @Nullable String damage;
  private int jpegHeaderBytes;
  private @Nullable JpegFrameHeader header;

  // Kept from frame to frame.
  private boolean anyClosed;
  private int tableQuality = -1;
  private int tablePrecision;
  private byte[] tables = new byte[0];
  private TrackFormat.@Nullable Video format;

  /**
   * @param describedWidth size by the session description, or 0
   * @param describedHeight size by the session description, or 0
   */
  public JpegDepacketizer(int describedWidth, int describedHeight) {
    this.describedWidth = describedWidth;
    this.describedHeight = describedHeight;
  }

  @Override
  public void push(RtpPacket packet, long packetTicks, int lostBefore, Output out) {
    if (lostBefore > 0) {
      track.losses().missing(lostBefore);
      if (packets > 0) {
        damage("a picture with a hole");
      }
    }
    if (packets > 0 && packetTicks != ticks) {
      close(out);
    }
    ticks = packetTicks;
    ByteBuffer payload = packet.payload();
    if (payload.hasRemaining()) {
      packets++;
      read(payload);
    }
    if (packet.marker() && packets > 0) {
      close(out);
    }
  }

  @Override
  public void flush(Output out) {
    if (packets > 0) {
      damage("a picture cut off by the end of the stream");
      close(out);
    }
    track.losses().report(out);
  }

  private void damage(String reason) {
    if (damage == null) {
      damage = reason;
    }
  }

  private void read(ByteBuffer payload) {
    if (damage != null) {
      return;
    }
    int size = payload.remaining();
    if (size < HEADER_BYTES) {
      damage("a JPEG packet without its header");
      return;
    }
    int typeSpecific = payload.get(0) & 0xff;
    int offset = payload.getInt(0) & 0xff_ffff;
    int type = payload.get(4) & 0xff;
    boolean restarts = type >= FIRST_RESTART_TYPE && type < 2 * FIRST_RESTART_TYPE;
    int baseType = restarts ? type - FIRST_RESTART_TYPE : type;
    if (typeSpecific != 0 || baseType > 1) {
      damage("JPEG of type " + type + "/" + typeSpecific + " is not supported");
      return;
    }
    int at = HEADER_BYTES;
    int interval = 0;
    if (restarts) {
      interval = size < at + RESTART_HEADER_BYTES ? 0 : payload.getShort(at) & 0xffff;
      at += RESTART_HEADER_BYTES;
    }
    if (offset == 0 && header == null) {
      at = begin(payload, at, baseType, interval);
    }
    if (damage == null && (header == null || offset != frame.size() - jpegHeaderBytes)) {
      damage("a picture without all its fragments");
    } else if (damage == null && at > size) {
      damage("a JPEG packet without its headers");
    } else if (damage == null && !frame.append(payload, at, size - at)) {
      damage("a picture over " + (SampleBuffer.MAX_SAMPLE_BYTES >> 20) + " MiB");
    }
  }

  /** Begins a frame with its JPEG header; returns where the scan data of the packet begin. */
  private int begin(ByteBuffer payload, int from, int type, int interval) {
    int quality = payload.get(5) & 0xff;
    int at = from;
    if (quality >= FIRST_TABLE_QUALITY) {
      at = readTables(payload, at, quality);
    } else if (quality >= 1 && quality < 100) {
      useTables(quality, 0, quality == tableQuality ? tables : JpegTables.quantization(quality));
    } else {
      damage("a reserved quality of " + quality);
    }
    int width = 8 * (payload.get(6) & 0xff);
    int height = 8 * (payload.get(7) & 0xff);
    boolean described = width == 0 || height == 0;
    JpegFrameHeader begun =
        new JpegFrameHeader(
            type,
            quality,
            described ? describedWidth : width,
            described ? describedHeight : height,
            interval);
    if (begun.width() <= 0 || begun.height() <= 0) {
      damage("a picture of unknown size");
    }
    if (damage == null) {
      byte[] start = begun.toJpeg(tables, tablePrecision);
      frame.append(start);
      jpegHeaderBytes = start.length;
      header = begun;
    }
    return at;
  }

  /** Reads the quantization table header (RFC 2435 §3.1.8); returns what follows it. */
  private int readTables(ByteBuffer payload, int from, int quality) {
    int data = from + TABLE_HEADER_BYTES;
    int room = payload.remaining() - data;
    int length = room < 0 ? -1 : payload.getShort(from + 2) & 0xffff;
    if (length < 0 || length > room) {
      damage("quantization tables longer than the packet");
    } else if (length == 0) {
      if (quality != tableQuality || quality == NEVER_CACHED_QUALITY) {
        damage("a picture without quantization tables");
      }
    } else {
      int precision = payload.get(from + 1) & 3;
      if (!JpegFrameHeader.isTableSize(length, precision)) {
        damage("quantization tables of " + length + " bytes");
        return data;
      }
      byte[] read = new byte[length];
      payload.get(data, read);
      useTables(quality, precision, read);
      return data + length;
    }
    return data;
  }

  private void useTables(int quality, int precision, byte[] newTables) {
    tableQuality = quality;
    tablePrecision = precision;
    tables = newTables;
  }

  private void close(Output out) {
    JpegFrameHeader done = header;
    boolean firstOfAll = !anyClosed;
    anyClosed = true;
    if (damage != null || done == null) {
      if (!firstOfAll) {
        track
            .losses()
            .discarded(packets, damage == null ? "a picture without its beginning" : damage);
      }
      track.losses().report(out);
    } else if (frame.size() > jpegHeaderBytes && endImage()) {
      track.deliver(formatOf(done), ticks, frame.toSample(), packets, out);
    }
    packets = 0;
    damage = null;
    header = null;
    frame.clear();
  }

  /** Appends EOI where the sender left it out; false if there is no room. */
  private boolean endImage() {
    return frame.endsWith(0xff, END_OF_IMAGE) || (frame.append(0xff) && frame.append(END_OF_IMAGE));
  }

  private TrackFormat formatOf(JpegFrameHeader done) {
    TrackFormat.Video known = format;
    if (known == null || known.width() != done.width() || known.height() != done.height()) {
      known =
          new TrackFormat.Video(
              Codec.MJPEG,
              VideoParameters.CLOCK_RATE,
              Bytes.EMPTY,
              done.width(),
              done.height(),
              "mp4v.6C");
      format = known;
    }
    return known;
  }
}
