package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import kg.sakchy.core.auth.HttpAuthenticator;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspLimits;
import kg.sakchy.media.rtsp.RtspMessage;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStreamParser;
import kg.sakchy.media.rtsp.RtspWriter;
import org.jspecify.annotations.Nullable;

/** A blocking client over TCP that does exactly what a test tells it. */
final class Viewer implements RtspStreamParser.Sink, AutoCloseable {
  static final int VIDEO = 0;
  static final int VIDEO_REPORTS = 1;
  static final int AUDIO = 2;

  private final String uri;
  private final Socket socket;
  private final RtspStreamParser parser = new RtspStreamParser(RtspLimits.DEFAULTS);
  private final Deque<RtspResponse> responses = new ArrayDeque<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable HttpAuthenticator authenticator;
  private @Nullable String session;
  private int sequence;
  private int garbageBytes;

  /** An interleaved frame. */
  record Frame(int channel, ByteBuffer bytes) {
    RtpPacket rtp() {
      RtpPacket packet = new RtpPacket();
      assertThat(packet.parse(bytes)).isTrue();
      return packet;
    }
  }

  Viewer(URI uri) throws IOException {
    this.uri = uri.toString();
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(20_000);
  }

  void credentials(String user, String password) {
    authenticator = new HttpAuthenticator(new Credentials(user, password));
  }

  /** Answers challenges, as long as there is a point in it. */
  RtspResponse request(String method, String suffix, String... fields) throws IOException {
    while (true) {
      send(method, suffix, fields);
      RtspResponse response = response();
      if (authenticator == null || response.status() != 401) {
        if (authenticator != null) {
          authenticator.accepted();
        }
        return response;
      }
      if (!authenticator.challenge(response.headers().all("WWW-Authenticate"))) {
        return response;
      }
    }
  }

  void send(String method, String suffix, String... fields) throws IOException {
    String target = uri + suffix;
    RtspHeaders headers = new RtspHeaders().add("CSeq", String.valueOf(++sequence));
    if (session != null) {
      headers.add("Session", session);
    }
    if (authenticator != null) {
      String authorization = authenticator.authorization(method, target);
      if (authorization != null) {
        headers.add("Authorization", authorization);
      }
    }
    for (int i = 0; i < fields.length; i += 2) {
      headers.set(fields[i], fields[i + 1]);
    }
    socket.getOutputStream().write(RtspWriter.encode(new RtspRequest(method, target, headers)));
  }

  private RtspResponse response() throws IOException {
    while (responses.isEmpty()) {
      assertThat(read()).as("the server closed the connection").isTrue();
    }
    return responses.remove();
  }

  RtspResponse setUp(int track, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Transport");
    all.add("RTP/AVP/TCP;unicast;interleaved=" + 2 * track + "-" + (2 * track + 1));
    RtspResponse response = request("SETUP", "/track" + track, all.toArray(String[]::new));
    String header = response.headers().get("Session");
    if (header != null) {
      session = header.substring(0, header.indexOf(';'));
    }
    return response;
  }

  /** Sets both tracks up and begins. */
  Viewer play() throws IOException {
    assertThat(setUp(0).status()).isEqualTo(200);
    assertThat(setUp(1).status()).isEqualTo(200);
    assertThat(request("PLAY", "/").status()).isEqualTo(200);
    return this;
  }

  /** The next {@code count} frames of a channel; those of other channels in between are dropped. */
  List<Frame> next(int channel, int count) throws IOException {
    List<Frame> wanted = new ArrayList<>();
    while (wanted.size() < count) {
      Frame frame = next();
      if (frame.channel() == channel) {
        wanted.add(frame);
      }
    }
    return wanted;
  }

  /** Reads until a frame is as wanted. */
  void awaitFrame(Predicate<Frame> wanted) throws IOException {
    while (!wanted.test(next())) {
      assertThat(socket.isClosed()).isFalse();
    }
  }

  private Frame next() throws IOException {
    while (frames.isEmpty()) {
      assertThat(read()).as("the server keeps the connection").isTrue();
    }
    return frames.remove();
  }

  /** Whether nothing at all comes for a while. */
  boolean silentFor(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(20_000);
    }
  }

  /** Reads until the server closes the connection. */
  void readToTheEnd() throws IOException {
    while (read()) {
      frames.clear();
    }
  }

  /** Takes what is on the way, until it has been quiet for a moment. */
  void drain() throws IOException {
    while (!silentFor(Duration.ofMillis(150))) {
      frames.clear();
    }
  }

  private boolean read() throws IOException {
    byte[] bytes = new byte[65_536];
    int count = socket.getInputStream().read(bytes);
    if (count < 0) {
      return false;
    }
    parser.feed(ByteBuffer.wrap(bytes, 0, count), this);
    return true;
  }

  int garbageBytes() {
    return garbageBytes;
  }

  @Override
  public void interleaved(int channel, ByteBuffer payload) {
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    frames.add(new Frame(channel, copy));
  }

  @Override
  public void message(RtspMessage message) {
    responses.add((RtspResponse) message);
  }

  @Override
  public void garbage(int bytes) {
    garbageBytes += bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
