package kg.sakchy.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * A camera that answers by a {@link Script}, on a free port of the loopback address.
 *
 * <p>Threads: one virtual thread a connection; the accessors are safe for use by many threads.
 */
public final class ScriptedDevice implements AutoCloseable {
  private static final Pattern BODY = Pattern.compile("<(?:\\w+:)?Body[^>]*>\\s*<(?:\\w+:)?(\\w+)");
  private static final Pattern MESSAGE = Pattern.compile("<wsa:MessageID>([^<]*)<");

  private final Script script;
  private final VmsClock clock;
  private final ServerSocket server;
  private final List<Request> requests = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger ids = new AtomicInteger();

  /**
   * What was asked.
   *
   * @param path of the request line
   * @param operation local name of the body's element
   * @param proof {@code token}, {@code bad-token}, {@code digest}, {@code bad-digest} or null
   * @param fields header fields, names in lower case
   * @param body whole
   */
  public record Request(
      String path,
      String operation,
      @Nullable String proof,
      Map<String, String> fields,
      String body) {}

  private ScriptedDevice(Script script, VmsClock clock, @Nullable SSLContext tls) {
    this.script = script;
    this.clock = clock;
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      server =
          tls == null
              ? new ServerSocket(0, 50, loopback)
              : tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Plays {@code golden/onvif/NAME.txt}. */
  public static ScriptedDevice golden(String name, VmsClock clock) {
    return new ScriptedDevice(Script.golden(name), clock, null);
  }

  /** Plays a script given as text. */
  public static ScriptedDevice playing(String text, VmsClock clock) {
    return new ScriptedDevice(Script.parse(text), clock, null);
  }

  /** Plays a script given as text over TLS. */
  public static ScriptedDevice playing(String text, VmsClock clock, SSLContext tls) {
    return new ScriptedDevice(Script.parse(text), clock, tls);
  }

  /** Address of {@code /onvif/device_service}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port() + "/onvif/device_service");
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The right credentials. */
  public Credentials credentials() {
    return new Credentials(script.user(), script.password());
  }

  /** All requests so far, in the order they came. */
  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Names of the operations so far. */
  public List<String> operations() {
    return requests().stream().map(Request::operation).toList();
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** Every exchange of the script that answers once has been asked. */
  public void assertPlayed() {
    assertThat(script.unasked()).isEmpty();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        Map<String, String> fields = new TreeMap<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
          int colon = field.indexOf(':');
          fields.put(
              field.substring(0, colon).toLowerCase(Locale.ROOT),
              field.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(fields.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!answer(line.split(" ", -1)[1], fields, body, out)) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client has hung up; what that means is for the test to say.
    } finally {
      open.remove(socket);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Whether the connection goes on. */
  private boolean answer(String path, Map<String, String> fields, String body, OutputStream out)
      throws IOException, InterruptedException {
    Matcher named = BODY.matcher(body);
    String operation = named.find() ? named.group(1) : "";
    String proof = proof(path, fields.get("authorization"), body);
    synchronized (requests) {
      requests.add(new Request(path, operation, proof, fields, body));
    }
    Script.Exchange exchange = script.take(path, operation, proof, body).orElse(null);
    if (exchange == null) {
      String why = "<html>no exchange for " + path + " " + operation + " " + proof + "</html>";
      write(out, 501, List.of(), why.getBytes(StandardCharsets.UTF_8), why.length());
      return true;
    }
    return play(exchange, body, out);
  }

  private boolean play(Script.Exchange exchange, String request, OutputStream out)
      throws IOException, InterruptedException {
    byte[] body = filled(script.body(exchange), request).getBytes(script.charset());
    List<String> fields = exchange.fields.stream().map(each -> filled(each, request)).toList();
    switch (exchange.fault) {
      case NONE -> write(out, exchange.status, fields, body, body.length);
      case CLOSE -> {
        return false;
      }
      case STALL -> {
        Thread.sleep(Duration.ofHours(1));
        return false;
      }
      case ENDLESS -> {
        write(out, exchange.status, fields, body, Integer.MAX_VALUE);
        byte[] more = "<a>endless</a>".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        while (true) {
          out.write(more);
        }
      }
      case TRUNCATE -> {
        byte[] half = Arrays.copyOf(body, body.length / 2);
        write(out, exchange.status, fields, half, body.length);
        return false;
      }
    }
    return fields.stream().noneMatch(each -> each.equalsIgnoreCase("Connection: close"));
  }

  private String filled(String text, String request) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher message = MESSAGE.matcher(request);
    return text.replace("${port}", Integer.toString(port()))
        .replace("${message}", message.find() ? message.group(1) : "")
        .replace("${id}", Integer.toString(ids.incrementAndGet()));
  }

  private static void write(
      OutputStream out, int status, List<String> fields, byte[] body, int announced)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    if (fields.stream().noneMatch(each -> each.startsWith("Content-Type"))) {
      head.append("Content-Type: application/soap+xml; charset=utf-8\r\n");
    }
    fields.forEach(field -> head.append(field).append("\r\n"));
    head.append("Content-Length: ").append(announced).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    out.write(whole);
    out.flush();
  }

  private @Nullable String proof(String path, @Nullable String authorization, String body) {
    if (authorization != null) {
      return DigestProof.judge(
          authorization, path, script.user(), script.password(), script.nonces(path));
    }
    if (body.contains("UsernameToken")) {
      Instant deviceTime = clock.now().plusSeconds(script.clockSeconds());
      return DigestProof.judgeToken(
          body,
          script.user(),
          script.password(),
          deviceTime,
          Duration.ofSeconds(script.toleranceSeconds()));
    }
    return null;
  }
}
