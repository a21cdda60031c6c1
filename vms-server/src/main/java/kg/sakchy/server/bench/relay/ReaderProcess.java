package kg.sakchy.server.bench.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspLimits;
import kg.sakchy.media.rtsp.RtspMessage;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStreamParser;
import kg.sakchy.media.rtsp.RtspWriter;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/** Readers in a process of their own, one interleaved connection each. */
final class ReaderProcess {
  private ReaderProcess() {}

  private static final LongAdder packets = new LongAdder();
  private static final LongAdder lost = new LongAdder();
  private static final LongAdder failed = new LongAdder();
  private static final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
  private static volatile boolean counting;

  /**
   * Arguments: address in which {@code {n}} stands for a camera, cameras, readers, seconds of
   * warm-up, seconds. Prints {@code ready}, then {@link ReaderFigures} in one line.
   */
  public static void main(String[] arguments) throws InterruptedException {
    int cameras = Integer.parseInt(arguments[1]);
    int readers = Integer.parseInt(arguments[2]);
    CountDownLatch playing = new CountDownLatch(readers);
    for (int i = 0; i < readers; i++) {
      String address = arguments[0].replace("{n}", Integer.toString(i % cameras));
      Thread.ofVirtual().start(() -> read(address, playing));
    }
    playing.await();
    Thread.sleep(1_000L * Integer.parseInt(arguments[3]));
    System.out.println("ready");
    counting = true;
    Thread.sleep(1_000L * Integer.parseInt(arguments[4]));
    counting = false;
    List<Long> sorted = new ArrayList<>(delays);
    sorted.sort(null);
    System.out.println(
        new ReaderFigures(
                packets.sum(),
                lost.sum(),
                failed.sum(),
                percentile(sorted, 50),
                percentile(sorted, 99))
            .toLine());
    System.exit(0); // the readers read for ever
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
  }

  private static void read(String address, CountDownLatch playing) {
    try (Reader reader = new Reader(address)) {
      RtspResponse described = reader.request("DESCRIBE", address);
      SessionDescription session = SessionDescription.parse(described.text());
      URI track =
          session.controlUri(described.baseUri(URI.create(address)), session.media().getFirst());
      reader.request("SETUP", track.toString(), "Transport", "RTP/AVP/TCP;unicast;interleaved=0-1");
      reader.request("PLAY", address);
      playing.countDown();
      while (true) {
        reader.read();
      }
    } catch (IOException | VmsException e) {
      if (failed.sum() == 0) {
        System.err.println("a reader of " + URI.create(address).getPath() + " failed: " + e);
      }
      failed.increment();
      playing.countDown();
    }
  }

  /** One connection. */
  private static final class Reader implements AutoCloseable, RtspStreamParser.Sink {
    private final Socket socket = new Socket();
    private final RtspStreamParser parser = new RtspStreamParser(RtspLimits.DEFAULTS);
    private final RtpPacket packet = new RtpPacket();
    private final byte[] buffer = new byte[64 << 10];
    private final @Nullable String authorization;
    private @Nullable RtspResponse response;
    private @Nullable String session;
    private int cseq;
    private int sequence = -1;

    Reader(String address) throws IOException {
      URI uri = URI.create(address);
      String user = uri.getUserInfo();
      authorization =
          user == null
              ? null
              : "Basic "
                  + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.US_ASCII));
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }

    RtspResponse request(String method, String uri, String... field) throws IOException {
      RtspHeaders headers = new RtspHeaders().add("CSeq", Integer.toString(++cseq));
      if (session != null) {
        headers.add("Session", session);
      }
      if (authorization != null) {
        headers.add("Authorization", authorization);
      }
      for (int i = 0; i < field.length; i += 2) {
        headers.add(field[i], field[i + 1]);
      }
      response = null;
      socket.getOutputStream().write(RtspWriter.encode(new RtspRequest(method, uri, headers)));
      RtspResponse got = response;
      while (got == null) {
        read();
        got = response;
      }
      if (!got.isSuccess()) {
        throw new IOException(method + ": " + got.status());
      }
      String named = got.headers().get("Session");
      session = named == null ? session : named.split(";", 2)[0];
      return got;
    }

    void read() throws IOException {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw new IOException("closed");
      }
      parser.feed(ByteBuffer.wrap(buffer, 0, count), this);
    }

    @Override
    public void interleaved(int channel, ByteBuffer payload) {
      long now = System.nanoTime();
      if (channel != 0 || !packet.parse(payload)) {
        return;
      }
      int step = sequence < 0 ? 1 : (packet.sequence() - sequence) & 0xffff;
      sequence = packet.sequence();
      if (!counting) {
        return;
      }
      packets.increment();
      lost.add(step - 1L);
      ByteBuffer media = packet.payload();
      boolean begins =
          media.remaining() > 11
              && (media.get(0) & 0x1f) == 28
              && (media.get(1) & 0x80) != 0
              && media.get(2) == StampedMedia.MARK;
      if (begins) {
        delays.add(now - media.getLong(3));
      }
    }

    @Override
    public void message(RtspMessage message) {
      if (message instanceof RtspResponse answer) {
        response = answer;
      }
    }

    @Override
    public void garbage(int bytes) {
      failed.increment();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
