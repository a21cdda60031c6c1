package kg.sakchy.gateway.camera;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * H.264 in RTP packets (RFC 6184 single NAL units): real parameter sets, slices whose content is
 * made up. Every tenth picture is a key frame. Threads: confined to one.
 */
public final class TestVideo {
  /** Parameter sets of 640x360 and 320x240, baseline, as x264 writes them. */
  private static final byte[] LARGE_SPS =
      HexFormat.of().parseHex("6742c01ed900a02ff97011000003000100000300320f162e48");

  private static final byte[] SMALL_SPS =
      HexFormat.of().parseHex("6742c00dd90141fb011000000300100000030320f142a480");
  private static final byte[] PPS = HexFormat.of().parseHex("68cb83cb20");

  /** Value of {@code sprop-parameter-sets} for the large picture. */
  public static final String SPROP =
      Base64.getEncoder().encodeToString(LARGE_SPS) + "," + Base64.getEncoder().encodeToString(PPS);

  public static final int PAYLOAD_TYPE = 96;
  public static final int TICKS_PER_FRAME = 3600;
  private static final int KEY_FRAME_EVERY = 10;

  private int ssrc = 0x5eed;
  private int sequence = 65_530; // wraps within the first picture or two
  private long timestamp = 0xffff_0000L; // wraps after 18 pictures
  private int frame;
  private boolean small;
  private boolean inBand = true;
  private int sliceBytes = 200;

  /** Whether key frames bring their parameter sets. */
  public void inBand(boolean yes) {
    inBand = yes;
  }

  /** Size of the slices from now on. */
  public void sliceBytes(int bytes) {
    sliceBytes = bytes;
  }

  /** From the next key frame on, the picture has the other size. */
  public void changeSize() {
    small = !small;
    frame = 0;
  }

  /** The source begins anew: another SSRC, other numbers and times; the next is no key frame. */
  public void restart() {
    ssrc++;
    sequence += 20_000;
    timestamp += 12_345_678;
    frame = 5;
  }

  public void jump(long ticks) {
    timestamp += ticks;
  }

  /** Numbers that no packet will have. */
  public void skip(int packets) {
    sequence += packets;
  }

  public int ssrc() {
    return ssrc;
  }

  public long timestamp() {
    return timestamp & 0xffff_ffffL;
  }

  /** The packets of the next picture. */
  public List<ByteBuffer> next() {
    boolean key = frame++ % KEY_FRAME_EVERY == 0;
    List<ByteBuffer> packets = new ArrayList<>();
    if (key && inBand) {
      packets.add(packet(small ? SMALL_SPS : LARGE_SPS, false));
      packets.add(packet(PPS, false));
    }
    packets.add(packet(slice(key), true));
    timestamp += TICKS_PER_FRAME;
    return packets;
  }

  /**
   * The packets of the next picture with a header extension in the first.
   *
   * @param profile 16 bits that say what the extension is
   * @param extension its content, whole words
   */
  public List<ByteBuffer> next(int profile, ByteBuffer extension) {
    List<ByteBuffer> packets = new ArrayList<>(next());
    ByteBuffer plain = packets.getFirst();
    ByteBuffer extended = ByteBuffer.allocate(plain.remaining() + 4 + extension.remaining());
    extended.put(plain.slice(0, RtpPacket.HEADER_BYTES));
    extended.putShort((short) profile).putShort((short) (extension.remaining() / 4));
    extended.put(extension);
    extended.put(plain.slice(RtpPacket.HEADER_BYTES, plain.limit() - RtpPacket.HEADER_BYTES));
    extended.put(0, (byte) (plain.get(0) | 0x10));
    packets.set(0, extended.flip());
    return packets;
  }

  /** A slice whose header says first_mb_in_slice 0; its content counts the pictures. */
  private byte[] slice(boolean key) {
    ByteBuffer nal = ByteBuffer.allocate(sliceBytes);
    nal.put((byte) (key ? 0x65 : 0x41)).put((byte) 0x88).putInt(0x01010101 * (frame % 200 + 1));
    while (nal.hasRemaining()) {
      nal.put((byte) (7 + nal.position() % 200));
    }
    return nal.array();
  }

  private ByteBuffer packet(byte[] nal, boolean marker) {
    ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + nal.length);
    RtpPacket.writeHeader(packet, marker, PAYLOAD_TYPE, sequence++, timestamp, ssrc);
    return packet.put(nal).flip();
  }
}
