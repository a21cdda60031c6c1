package kg.sakchy.media.mp4;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.ExternalTool;

/**
 * A packet as ffprobe, the independent judge, reads it.
 *
 * @param stream index of the stream
 * @param pts in the stream's time base
 * @param dts in the stream's time base
 * @param duration in the stream's time base
 * @param keyFrame its flag
 * @param size in bytes
 * @param md5 of its data, in hex
 */
record ProbedPacket(
    int stream, long pts, long dts, long duration, boolean keyFrame, int size, String md5) {
  static List<ProbedPacket> all(Path file) throws IOException, InterruptedException {
    String lines =
        ExternalTool.require("ffprobe")
            .run(
                "-v",
                "error",
                "-show_packets",
                "-show_data_hash",
                "md5",
                "-of",
                "flat",
                file.toString());
    List<Map<String, String>> packets = new ArrayList<>();
    // packets.packet.<number>.<field>=<value>, and fields of side data deeper down.
    for (String line : lines.lines().toList()) {
      String[] path = line.substring(0, line.indexOf('=')).split("\\.", -1);
      if (path.length == 4) {
        if (packets.size() == Integer.parseInt(path[2])) {
          packets.add(new HashMap<>());
        }
        packets.getLast().put(path[3], line.substring(line.indexOf('=') + 1).replace("\"", ""));
      }
    }
    return packets.stream().map(ProbedPacket::packet).toList();
  }

  private static ProbedPacket packet(Map<String, String> fields) {
    return new ProbedPacket(
        (int) number(fields, "stream_index"),
        number(fields, "pts"),
        number(fields, "dts"),
        number(fields, "duration"),
        fields.getOrDefault("flags", "").startsWith("K"),
        (int) number(fields, "size"),
        fields.getOrDefault("data_hash", "").substring("MD5:".length()));
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.getOrDefault(name, "missing " + name));
  }

  static List<ProbedPacket> ofStream(List<ProbedPacket> packets, int stream) {
    return packets.stream().filter(packet -> packet.stream() == stream).toList();
  }

  /** The same packet, so many ticks later. */
  ProbedPacket later(long ticks) {
    return new ProbedPacket(stream, pts + ticks, dts + ticks, duration, keyFrame, size, md5);
  }

  /**
   * The same packet without its duration: ffprobe tells that of a sound's codec, not the file's.
   */
  ProbedPacket withoutDuration() {
    return new ProbedPacket(stream, pts, dts, 0, keyFrame, size, md5);
  }

  /** The same packet without its decode time. */
  ProbedPacket withoutDts() {
    return new ProbedPacket(stream, pts, 0, duration, keyFrame, size, md5);
  }

  static String md5(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
