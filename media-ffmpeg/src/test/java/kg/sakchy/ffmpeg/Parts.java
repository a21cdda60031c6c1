package kg.sakchy.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts samples into parts as the recorder does, and reads times back from the bytes. */
final class Parts {
  private Parts() {}

  /** Parts of at most {@code maxTicks} of the first track; its key frames begin one. */
  static List<List<MuxSample>> cut(List<MuxSample> samples, long maxTicks) {
    List<List<MuxSample>> parts = new ArrayList<>();
    long begin = 0;
    for (MuxSample sample : samples) {
      boolean due = sample.keyFrame() || sample.dts() - begin >= maxTicks;
      if (parts.isEmpty() || (sample.track() == 0 && due)) {
        parts.add(new ArrayList<>());
        begin = sample.dts();
      }
      parts.getLast().add(sample);
    }
    return parts;
  }

  /** The whole file: the init segment and the parts. */
  static byte[] file(PartMuxer muxer, List<List<MuxSample>> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(muxer.init());
    parts.forEach(part -> out.writeBytes(muxer.part(part).toByteArray()));
    return out.toByteArray();
  }

  /** Base media decode time by track id, from the {@code moof} at the start of {@code part}. */
  static Map<Integer, Long> decodeTimes(byte[] part) {
    Map<Integer, Long> times = new TreeMap<>();
    ByteBuffer moof = boxes(ByteBuffer.wrap(part), "moof").getFirst();
    for (ByteBuffer traf : boxes(moof, "traf")) {
      int id = boxes(traf, "tfhd").getFirst().getInt(4);
      ByteBuffer tfdt = boxes(traf, "tfdt").getFirst();
      times.put(id, tfdt.get(0) == 1 ? tfdt.getLong(4) : tfdt.getInt(4));
    }
    return times;
  }

  /** Bodies of the boxes of a type directly in {@code parent}. */
  private static List<ByteBuffer> boxes(ByteBuffer parent, String type) {
    List<ByteBuffer> found = new ArrayList<>();
    for (int at = 0; at + 8 <= parent.limit(); at += parent.getInt(at)) {
      byte[] name = new byte[4];
      parent.get(at + 4, name);
      if (new String(name, StandardCharsets.US_ASCII).equals(type)) {
        found.add(parent.slice(at + 8, parent.getInt(at) - 8));
      }
    }
    return found;
  }
}
