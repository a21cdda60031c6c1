package kg.sakchy.gateway.camera;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kg.sakchy.media.rtp.NtpTime;
import org.jspecify.annotations.Nullable;

/**
 * A camera on loopback that follows a script for each connection: the first connection the first
 * script, and so on; the last script serves all that follow.
 *
 * <p>What it can do: {@code !frames N} sends N pictures on channel 0, {@code !drip N} with 40 ms
 * between them; {@code !skip N} loses N packets; {@code !jump TICKS}; {@code !restart} the source;
 * {@code !at UTC} sets what the camera's recording begins with, and {@code !play N} sends N
 * pictures of it with the replay's header extension; {@code !mark BITS} gives the next one these
 * flags; {@code !standstill} stops the recording's clock and plays on and on; {@code !extension
 * HEX} sends that extension in place of the right one; {@code !size N} makes pictures of N bytes;
 * {@code !resize}; {@code !garbage N} bytes between frames; {@code !oversize} announces a frame
 * that hides others; {@code !sound N} sends N packets of G.711 on channel 2; {@code !report} an
 * RTCP sender report; {@code !bye}; {@code !serve} answers 200 to whatever comes until the client
 * is gone; {@code !silent} reads and says nothing until the client is gone; {@code !await METHOD}
 * reads up to a request and answers it; {@code !close} closes. A script that ends is served on.
 */
public final class ScriptedCamera implements AutoCloseable {
  private final ServerSocket server;
  private final List<DialogueScript> scripts;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** How long a connection that its client has closed may take to be noticed. */
  private static final Duration FAREWELL = Duration.ofMillis(300);

  // Guarded by this.
  private int open;
  private int mostOpen;
  private final AtomicInteger played = new AtomicInteger();

  private ScriptedCamera(List<DialogueScript> scripts) throws IOException {
    this.scripts = scripts;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  public static ScriptedCamera start(DialogueScript... scripts) {
    try {
      ScriptedCamera camera = new ScriptedCamera(List.of(scripts));
      Thread.ofVirtual().start(camera::accept);
      return camera;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  public URI uri(String path) {
    return URI.create("rtsp://127.0.0.1:" + port() + path);
  }

  /** First lines and fields of all requests so far. */
  public List<String> requests() {
    return requests;
  }

  /** What differed from the scripts. */
  public List<String> complaints() {
    return complaints;
  }

  public int connections() {
    return connections.get();
  }

  /** Most connections at one time. */
  public synchronized int mostOpen() {
    return mostOpen;
  }

  /** A client that closed one connection and then opened another is only seen in that order. */
  private synchronized void opened() {
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    try {
      while (open > 0 && System.nanoTime() < deadline) {
        TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    mostOpen = Math.max(mostOpen, ++open);
  }

  private synchronized void closed() {
    open--;
    notifyAll();
  }

  /** Pictures of the recording that were sent, over all connections. */
  public int played() {
    return played.get();
  }

  /** Waits for the next request of that method; earlier ones are forgotten. */
  public void await(String method) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      String arrived = arrivals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (arrived == null) {
        throw new AssertionError("no " + method + " came; " + requests);
      }
      if (arrived.equals(method)) {
        return;
      }
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        int number = connections.getAndIncrement();
        opened();
        DialogueScript script = scripts.get(Math.min(number, scripts.size() - 1));
        Thread.ofVirtual().start(() -> serve(socket, script));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, DialogueScript script) {
    try (socket) {
      new Play(socket).run(script);
    } catch (SocketException e) {
      // the client is gone
    } catch (IOException e) {
      complaints.add("broke: " + e);
    } catch (RuntimeException e) {
      complaints.add("failed: " + e);
    } finally {
      closed();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection. */
  private final class Play {
    private final InputStream in;
    private final OutputStream out;
    private final TestVideo video = new TestVideo();
    private int soundSequence;
    private Instant recorded = Instant.EPOCH;
    private long recordedStepMillis = 40;
    private int marks;
    private byte @Nullable [] extension;
    private String cseq = "0";

    Play(Socket socket) throws IOException {
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void run(DialogueScript script) throws IOException {
      for (DialogueScript.Step step : script.steps()) {
        boolean goesOn =
            switch (step) {
              case DialogueScript.Step.Expect(List<String> lines) -> expect(lines);
              case DialogueScript.Step.Say(List<String> lines) -> say(lines);
              case DialogueScript.Step.Act(List<String> words) -> act(words);
            };
        if (!goesOn) {
          return;
        }
      }
      serveOn(null);
    }

    private boolean expect(List<String> lines) throws IOException {
      List<String> request = read();
      if (request == null) {
        return false;
      }
      if (!request.getFirst().equals(fill(lines.getFirst(), 0))) {
        complaints.add("expected " + fill(lines.getFirst(), 0) + ", got " + request.getFirst());
      }
      for (String line : lines.subList(1, lines.size())) {
        if (request.stream().noneMatch(field -> field.startsWith(fill(line, 0)))) {
          complaints.add("expected " + fill(line, 0) + " in " + request);
        }
      }
      return true;
    }

    private boolean say(List<String> lines) throws IOException {
      int blank = lines.indexOf("");
      List<String> body = blank < 0 ? List.of() : lines.subList(blank + 1, lines.size());
      String text = body.isEmpty() ? "" : fill(String.join("\r\n", body), 0) + "\r\n";
      List<String> head = blank < 0 ? lines : lines.subList(0, blank);
      String whole = fill(String.join("\r\n", head), text.length()) + "\r\n\r\n" + text;
      out.write(whole.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    }

    private String fill(String line, int length) {
      return line.replace("{port}", Integer.toString(port()))
          .replace("{cseq}", cseq)
          .replace("{sprop}", TestVideo.SPROP)
          .replace("{length}", Integer.toString(length));
    }

    private boolean act(List<String> words) throws IOException {
      int number =
          words.size() > 1 && words.get(1).matches("-?\\d{1,9}")
              ? Integer.parseInt(words.get(1))
              : 0;
      switch (words.getFirst()) {
        case "frames" -> frames(number);
        case "drip" -> drip(number);
        case "skip" -> video.skip(number);
        case "jump" -> video.jump(number);
        case "restart" -> video.restart();
        case "at" -> recorded = Instant.parse(words.get(1));
        case "play" -> play(number);
        case "mark" -> marks = number;
        case "standstill" -> standstill();
        case "extension" -> extension = HexFormat.of().parseHex(words.get(1));
        case "size" -> video.sliceBytes(number);
        case "resize" -> video.changeSize();
        case "outofband" -> video.inBand(false);
        case "garbage" -> out.write(new byte[number]);
        case "oversize" -> out.write(new byte[] {'$', 0, (byte) 0xff, (byte) 0xff});
        case "sound" -> sound(number);
        case "report" -> frame(1, report());
        case "bye" -> frame(1, bye());
        case "serve" -> serveOn(null);
        case "await" -> serveOn(words.get(1));
        case "silent" -> in.transferTo(OutputStream.nullOutputStream());
        case "close" -> {
          return false;
        }
        default -> throw new IllegalArgumentException("what is " + words);
      }
      return true;
    }

    private void frames(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        for (ByteBuffer packet : video.next()) {
          frame(0, packet);
        }
      }
    }

    private void play(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        ByteBuffer stamp = ByteBuffer.allocate(12);
        stamp.putLong(NtpTime.of(recorded).bits()).put((byte) marks).put((byte) 7).position(12);
        byte[] other = extension;
        ByteBuffer chosen = other == null ? stamp.flip() : ByteBuffer.wrap(other);
        for (ByteBuffer packet : video.next(0xABAC, chosen)) {
          frame(0, packet);
        }
        marks = 0;
        recorded = recorded.plusMillis(recordedStepMillis);
        played.incrementAndGet();
      }
    }

    /** The recording's clock stops, and the pictures go on until the client is gone. */
    private void standstill() throws IOException {
      recordedStepMillis = 0;
      while (true) {
        play(1);
        LockSupport.parkNanos(40_000_000);
      }
    }

    private void drip(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        frames(1);
        LockSupport.parkNanos(40_000_000);
      }
    }

    private void sound(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        ByteBuffer packet = ByteBuffer.allocate(172);
        packet.put((byte) 0x80).put((byte) 0).putShort((short) soundSequence);
        packet.putInt(160 * soundSequence++).putInt(0x50d);
        frame(2, packet.position(0).limit(172));
      }
    }

    private ByteBuffer report() {
      ByteBuffer report = ByteBuffer.allocate(28);
      report.put((byte) 0x80).put((byte) 200).putShort((short) 6).putInt(video.ssrc());
      report.putInt((int) (2_208_988_800L + 1_700_000_000L)).putInt(1 << 31);
      return report.putInt((int) video.timestamp()).putInt(1).putInt(1).flip();
    }

    private ByteBuffer bye() {
      ByteBuffer bye = ByteBuffer.allocate(8);
      return bye.put((byte) 0x81).put((byte) 203).putShort((short) 1).putInt(video.ssrc()).flip();
    }

    private void frame(int channel, ByteBuffer packet) throws IOException {
      ByteBuffer framed = ByteBuffer.allocate(4 + packet.remaining());
      framed.put((byte) '$').put((byte) channel).putShort((short) packet.remaining()).put(packet);
      out.write(framed.array());
      out.flush();
    }

    /** Answers what comes, up to and with one of that method, or until the client is gone. */
    private void serveOn(@Nullable String until) throws IOException {
      while (true) {
        List<String> request = read();
        if (request == null) {
          return;
        }
        say(List.of("RTSP/1.0 200 OK", "CSeq: {cseq}"));
        if (until != null && request.getFirst().startsWith(until)) {
          return;
        }
      }
    }

    /** The lines of the next request, or null at the end; RTCP from the client is skipped. */
    private @Nullable List<String> read() throws IOException {
      List<String> lines = new ArrayList<>();
      while (true) {
        int first = in.read();
        if (first < 0) {
          return null;
        }
        if (lines.isEmpty() && first == '$') {
          in.read();
          int size = in.read() << 8 | in.read();
          in.readNBytes(size);
          continue;
        }
        StringBuilder line = new StringBuilder();
        for (int next = first; next != '\n' && next >= 0; next = in.read()) {
          if (next != '\r') {
            line.append((char) next);
          }
        }
        if (!line.isEmpty()) {
          lines.add(line.toString());
          if (line.toString().startsWith("CSeq: ")) {
            cseq = line.substring("CSeq: ".length());
          }
        } else if (!lines.isEmpty()) {
          requests.addAll(lines);
          arrivals.add(lines.getFirst().split(" ", -1)[0]);
          return lines;
        }
      }
    }
  }
}
