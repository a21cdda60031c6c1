package kg.sakchy.onvif;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted camera answers to what. A script is text:
 *
 * <pre>
 * # Maker, model, what it shows.                            comments
 * # user admin password secret                              whose proofs are good
 * # clock +3600                                             seconds its clock is ahead of the test's
 * # tolerance 30                                            seconds a token may be off (default 5)
 * # charset GB2312                                          of the answers' bytes (default UTF-8)
 * # envelope &lt;s:Envelope ...&gt;&lt;s:Body&gt;|&lt;/s:Body&gt;&lt;/s:Envelope&gt;   put around B: lines at the bar
 * C: /onvif/device_service GetServices token once           path (or *), operation (or *), conditions
 * S: 200                                                    status, then header fields
 * S: Content-Type: application/soap+xml
 * B: &lt;tds:GetServicesResponse&gt;...                           body, in the envelope
 * R: &lt;html&gt;...                                              or: body as it is
 * S! close                                                  or: close, stall, endless, truncate
 * </pre>
 *
 * <p>Conditions: {@code anonymous}, {@code token} (a good WS-Security digest), {@code bad-token},
 * {@code digest} (a good RFC 7616 answer to a nonce this path gave), {@code bad-digest}, {@code
 * no-token} and {@code no-digest} (all but that), {@code with=TEXT} (in the request), {@code once}.
 * Exchanges may be asked in any order and, but for {@code once}, any number of times; the first
 * that fits answers. {@code ${port}} in a body or a field is the device's port, {@code ${message}}
 * the request's MessageID, {@code ${id}} a counter.
 */
final class Script {
  private final List<Exchange> exchanges = new ArrayList<>();
  private String user = "";
  private String password = "";
  private long clockSeconds;
  private long toleranceSeconds = 5;
  private Charset charset = StandardCharsets.UTF_8;
  private String envelope =
      "<s:Envelope"
          + " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>|</s:Body></s:Envelope>";

  /** How an answer misbehaves. */
  enum Fault {
    NONE,
    /** Closes the connection instead of answering. */
    CLOSE,
    /** Never answers. */
    STALL,
    /** Answers without end. */
    ENDLESS,
    /** Announces the whole body and sends half of it. */
    TRUNCATE
  }

  /** One question and its answer. */
  static final class Exchange {
    final String path;
    final String operation;
    final List<String> conditions;
    final StringBuilder body = new StringBuilder();
    final List<String> fields = new ArrayList<>();
    int status = 200;
    boolean wrapped;
    Fault fault = Fault.NONE;
    boolean spent;

    Exchange(String path, String operation, List<String> conditions) {
      this.path = path;
      this.operation = operation;
      this.conditions = conditions;
    }

    boolean once() {
      return conditions.contains("once");
    }

    /** The nonces of its challenges. */
    Stream<String> nonces() {
      return fields.stream()
          .filter(field -> field.toLowerCase(Locale.ROOT).startsWith("www-authenticate:"))
          .map(field -> DigestProof.parameter(field, "nonce"));
    }
  }

  /** Reads {@code golden/onvif/NAME.txt}. */
  static Script golden(String name) {
    String path = "/golden/onvif/" + name + ".txt";
    try (InputStream in = Script.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no script " + path);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Script parse(String text) {
    Script script = new Script();
    Exchange current = null;
    for (String line : text.lines().toList()) {
      String rest = line.length() > 3 ? line.substring(3) : "";
      if (line.startsWith("#")) {
        script.comment(line.substring(1).strip());
      } else if (line.startsWith("C:")) {
        current = script.begin(rest.strip());
      } else if (!line.isBlank()) {
        if (current == null) {
          throw new IllegalArgumentException("an answer without a question: " + line);
        }
        answer(current, line.substring(0, 2), rest);
      }
    }
    return script;
  }

  private void comment(String words) {
    String[] parts = words.split("\\s+", -1);
    switch (parts[0]) {
      case "user" -> {
        user = parts[1];
        password = parts[3];
      }
      case "clock" -> clockSeconds = Long.parseLong(parts[1]);
      case "tolerance" -> toleranceSeconds = Long.parseLong(parts[1]);
      case "charset" -> charset = Charset.forName(parts[1]);
      case "envelope" -> envelope = words.substring("envelope".length()).strip();
      default -> {
        // words for people
      }
    }
  }

  private Exchange begin(String question) {
    List<String> words = List.of(question.split("\\s+", -1));
    Exchange exchange = new Exchange(words.get(0), words.get(1), words.subList(2, words.size()));
    exchanges.add(exchange);
    return exchange;
  }

  private static void answer(Exchange exchange, String mark, String rest) {
    switch (mark) {
      case "S:" -> {
        if (rest.contains(":")) {
          exchange.fields.add(rest.strip());
        } else {
          exchange.status = Integer.parseInt(rest.strip());
        }
      }
      case "S!" -> exchange.fault = Fault.valueOf(rest.strip().toUpperCase(Locale.ROOT));
      case "B:", "R:" -> {
        exchange.wrapped |= mark.equals("B:");
        exchange.body.append(rest).append('\n');
      }
      default -> throw new IllegalArgumentException("neither C:, S:, S!, B: nor R: " + mark + rest);
    }
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  long clockSeconds() {
    return clockSeconds;
  }

  long toleranceSeconds() {
    return toleranceSeconds;
  }

  Charset charset() {
    return charset;
  }

  /** The exchange that answers a request, and is spent by it if it does so once. */
  synchronized Optional<Exchange> take(
      String path, String operation, @Nullable String proof, String whole) {
    for (Exchange exchange : exchanges) {
      if (!exchange.spent
          && (exchange.path.equals("*") || exchange.path.equals(path))
          && (exchange.operation.equals("*") || exchange.operation.equals(operation))
          && exchange.conditions.stream().allMatch(each -> holds(each, proof, whole))) {
        exchange.spent = exchange.once();
        return Optional.of(exchange);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(String condition, @Nullable String proof, String whole) {
    if (condition.startsWith("with=")) {
      return whole.contains(condition.substring("with=".length()));
    }
    String shown = proof == null ? "anonymous" : proof;
    return condition.equals("once")
        || (condition.startsWith("no-")
            ? !condition.equals("no-" + shown)
            : condition.equals(shown));
  }

  /** The nonces that a path's challenges give. */
  List<String> nonces(String path) {
    return exchanges.stream()
        .filter(each -> each.path.equals("*") || each.path.equals(path))
        .flatMap(Exchange::nonces)
        .toList();
  }

  /** Exchanges that had to be asked and were not. */
  synchronized List<String> unasked() {
    return exchanges.stream()
        .filter(each -> each.once() && !each.spent)
        .map(each -> each.path + " " + each.operation + " " + each.conditions)
        .toList();
  }

  /** The body in the maker's envelope, if it wants one. */
  String body(Exchange exchange) {
    String body = exchange.body.toString();
    int bar = envelope.lastIndexOf('|');
    return exchange.wrapped
        ? envelope.substring(0, bar) + body + envelope.substring(bar + 1)
        : body;
  }
}
