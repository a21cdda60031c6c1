package kg.sakchy.gateway.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtp.RtpPacket;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspLimits;
import kg.sakchy.media.rtsp.RtspMessage;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStreamParser;
import kg.sakchy.media.rtsp.RtspWriter;
import org.jspecify.annotations.Nullable;

/** A client for tests, on one interleaved connection. Threads: confined to one; blocks. */
final class RtspViewer implements AutoCloseable, RtspStreamParser.Sink {
  private static final int PATIENCE_MILLIS = 20_000;
  private final Socket socket;
  private final String address;
  private final @Nullable String authorization;
  private final RtspStreamParser parser = new RtspStreamParser(RtspLimits.DEFAULTS);
  private final Deque<RtspResponse> responses = new ArrayDeque<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final byte[] buffer = new byte[64 << 10];
  private int cseq;
  private @Nullable String session;

  /** An interleaved frame. */
  @SuppressWarnings("ArrayRecordComponent") // tests look into it, nobody compares it
  record Frame(int channel, byte[] bytes) {
    RtpPacket rtp() {
      RtpPacket packet = new RtpPacket();
      if (!packet.parse(ByteBuffer.wrap(bytes))) {
        throw new AssertionError("no RTP packet");
      }
      return packet;
    }

    List<RtcpPacket> rtcp() {
      return RtcpPacket.parse(ByteBuffer.wrap(bytes));
    }
  }

  /**
   * @param address of the stream, which may hold a token, or name and password
   */
  RtspViewer(String address) throws IOException {
    this(address, 0);
  }

  /**
   * @param receiveBytes of the socket's buffer; 0 for the usual size
   */
  RtspViewer(String address, int receiveBytes) throws IOException {
    URI uri = URI.create(address);
    String user = uri.getUserInfo();
    this.address = user == null ? address : address.replace(user + "@", "");
    authorization =
        user == null
            ? null
            : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** The address without any proof, for what follows DESCRIBE. */
  String base() {
    int question = address.indexOf('?');
    return question < 0 ? address : address.substring(0, question);
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendFrame(int channel, ByteBuffer payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(4 + payload.remaining());
    RtspWriter.writeFramePrefix(frame, channel, payload.remaining());
    sendRaw(frame.put(payload).array());
  }

  int send(String method, String uri, String... fields) throws IOException {
    RtspHeaders headers = new RtspHeaders().add("CSeq", Integer.toString(++cseq));
    if (session != null) {
      headers.add("Session", session);
    }
    if (authorization != null && !List.of(fields).contains("Authorization")) {
      headers.add("Authorization", authorization);
    }
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    sendRaw(RtspWriter.encode(new RtspRequest(method, uri, headers)));
    return cseq;
  }

  RtspResponse request(String method, String uri, String... fields) throws IOException {
    int number = send(method, uri, fields);
    RtspResponse response = response();
    if (response.headers().cseq() != number) {
      throw new AssertionError("an answer to another request: " + response.headers());
    }
    return response;
  }

  RtspResponse response() throws IOException {
    while (responses.isEmpty()) {
      read();
    }
    return responses.remove();
  }

  /** DESCRIBE and SETUP of {@code tracks} tracks on the usual channels. */
  RtspViewer setUp(int tracks, String... fields) throws IOException {
    expect(200, request("DESCRIBE", address, fields));
    for (int i = 0; i < tracks; i++) {
      setUpTrack(i, "RTP/AVP/TCP;unicast;interleaved=" + 2 * i + "-" + (2 * i + 1), fields);
    }
    return this;
  }

  void setUpTrack(int track, String transport, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of("Transport", transport));
    all.addAll(List.of(fields));
    RtspResponse response = request("SETUP", base() + "/track" + track, all.toArray(String[]::new));
    expect(200, response);
    session = response.headers().require("Session").split(";", 2)[0];
  }

  RtspResponse play(String... fields) throws IOException {
    return request("PLAY", base(), fields);
  }

  static void expect(int status, RtspResponse response) {
    if (response.status() != status) {
      throw new AssertionError(status + " expected: " + response.status() + " " + response);
    }
  }

  /** The next frame, also of those that came before an answer. */
  Frame frame() throws IOException {
    while (frames.isEmpty()) {
      read();
    }
    return frames.remove();
  }

  /** Frames that came before an answer are forgotten. */
  void forgetFrames() {
    frames.clear();
  }

  /** The next RTP packet of a channel. */
  RtpPacket packet(int channel) throws IOException {
    while (true) {
      Frame frame = frame();
      if (frame.channel() == channel) {
        return frame.rtp();
      }
    }
  }

  /** Reads until the server closes; fails if it does not. */
  void awaitClosed() throws IOException {
    try {
      while (true) {
        read();
        frames.clear();
      }
    } catch (EndOfConnection expected) {
      // closed
    }
  }

  /** The server closed the connection. */
  static final class EndOfConnection extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private void read() throws IOException {
    int count;
    try {
      count = socket.getInputStream().read(buffer);
    } catch (java.net.SocketException e) {
      throw new EndOfConnection();
    }
    if (count < 0) {
      throw new EndOfConnection();
    }
    parser.feed(ByteBuffer.wrap(buffer, 0, count), this);
  }

  @Override
  public void interleaved(int channel, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    frames.add(new Frame(channel, bytes));
  }

  @Override
  public void message(RtspMessage message) {
    responses.add((RtspResponse) message);
  }

  @Override
  public void garbage(int bytes) {
    throw new AssertionError(bytes + " bytes of garbage");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
