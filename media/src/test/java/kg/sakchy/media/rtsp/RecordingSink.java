package kg.sakchy.media.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Notes what a parser hands on, as text that is easy to compare. */
final class RecordingSink implements RtspStreamParser.Sink {
  final List<String> items = new ArrayList<>();
  final List<RtspMessage> messages = new ArrayList<>();
  int garbageBytes;

  @Override
  public void interleaved(int channel, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    items.add("frame " + channel + " " + HexFormat.of().formatHex(bytes));
  }

  @Override
  public void message(RtspMessage message) {
    messages.add(message);
    items.add("message " + new String(RtspWriter.encode(message), StandardCharsets.UTF_8));
  }

  @Override
  public void garbage(int bytes) {
    garbageBytes += bytes;
  }
}
