package kg.sakchy.sim.onvif;

import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.http.HttpExchange;
import kg.sakchy.sim.onvif.login.DeviceLogin;
import kg.sakchy.sim.onvif.login.LoginVerdict;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapEnvelope;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapRequest;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Takes the HTTP requests of one device: checks form and login, finds the service, writes the
 * answer. Threads: confined to the loop, except where said.
 */
final class DeviceEndpoint {
  private static final String SOAP = "application/soap+xml; charset=utf-8";

  /** A record of TLS: a fatal alert, handshake failure. */
  private static final byte[] TLS_ALERT = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28};

  private final DeviceState device;
  private final DeviceLogin login;
  private final Map<String, ServiceBinding> services;
  private final ServiceBinding subscriptions;
  private final ScheduledExecutorService loop;
  private final Map<String, SimBadAnswer> badAnswers = new ConcurrentHashMap<>();
  private volatile Duration delay = Duration.ZERO;

  /** Every operation, among the keys of bad answers. */
  static final String ALL = "";

  DeviceEndpoint(
      DeviceState device,
      Map<String, ServiceBinding> services,
      ServiceBinding subscriptions,
      ScheduledExecutorService loop) {
    this.device = device;
    this.login = new DeviceLogin(device);
    this.services = services;
    this.subscriptions = subscriptions;
    this.loop = loop;
  }

  DeviceLogin login() {
    return login;
  }

  /** Each answer takes this long; any thread. */
  void delay(Duration newDelay) {
    delay = newDelay;
  }

  /**
   * Answers an operation badly from now on, or no longer; any thread.
   *
   * @param operation its name, or {@link #ALL}
   */
  void answerBadly(String operation, @Nullable SimBadAnswer kind) {
    if (kind == null) {
      badAnswers.remove(operation);
    } else {
      badAnswers.put(operation, kind);
    }
  }

  /**
   * Takes a request.
   *
   * @param base address of the device as the client reached it
   * @param path behind the device's prefix
   */
  void handle(HttpExchange exchange, URI base, String path) {
    Duration wait = delay;
    if (wait.isZero()) {
      handleNow(exchange, base, path);
    } else {
      loop.schedule(() -> handleNow(exchange, base, path), wait.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void handleNow(HttpExchange exchange, URI base, String path) {
    if (device.has(SimQuirk.TLS_ON_HTTP) && !exchange.secure()) {
      var channel = exchange.takeOver();
      channel.writeAndFlush(Unpooled.wrappedBuffer(TLS_ALERT));
      channel.close();
      return;
    }
    SimBadAnswer bad = badAnswers.get(ALL);
    if (bad != null) {
      BadAnswers.give(bad, exchange);
    } else if (exchange.method().equals("GET") && path.startsWith(Snapshots.PATH)) {
      snapshot(exchange, path);
    } else {
      soap(exchange, base, path);
    }
  }

  private void snapshot(HttpExchange exchange, String path) {
    switch (login.judge(exchange)) {
      case LoginVerdict.Granted granted -> Snapshots.answer(device, exchange, path);
      case LoginVerdict.Challenged challenged ->
          exchange.respond(401, "text/html", new byte[0], fields(challenged));
      case LoginVerdict.Refused refused -> exchange.respond(403, "text/html", new byte[0]);
    }
  }

  private void soap(HttpExchange exchange, URI base, String path) {
    ServiceBinding binding =
        path.startsWith(ServiceBinding.SUBSCRIPTIONS) ? subscriptions : services.get(path);
    if (binding == null || device.has(SimQuirk.ONVIF_OFF)) {
      exchange.respond(404, "text/html", BadAnswers.page("Not Found"));
    } else if (!exchange.method().equals("POST")) {
      exchange.respond(405, "", new byte[0], List.of("Allow", "POST"));
    } else if (!isSoap(exchange.header("Content-Type"))) {
      exchange.respond(415, "", new byte[0]);
    } else {
      call(exchange, base, path, binding);
    }
  }

  private static boolean isSoap(@Nullable String type) {
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/soap+xml");
  }

  private void call(HttpExchange exchange, URI base, String path, ServiceBinding binding) {
    try {
      SoapRequest request = SoapRequest.read(exchange.body());
      device.count(request.operation());
      SimBadAnswer bad = badAnswers.get(request.operation());
      if (bad != null) {
        BadAnswers.give(bad, exchange);
        return;
      }
      if (binding.isEvents() && device.has(SimQuirk.EVENT_BAD_REQUEST)) {
        exchange.respond(400, "", new byte[0]);
        return;
      }
      checkHeaders(request);
      switch (login.judge(exchange, request)) {
        case LoginVerdict.Challenged challenged -> challenge(exchange, challenged);
        case LoginVerdict.Refused refused -> refuse(exchange, refused);
        case LoginVerdict.Granted granted ->
            answer(
                exchange,
                request,
                binding.answer(
                    new SoapCall(
                        request, base, path, exchange.remote().getAddress(), granted.user())));
      }
    } catch (SoapFault fault) {
      fault(exchange, fault);
    }
  }

  /** Only security and addressing are understood here (SOAP 1.2 part 1 §5.2.3). */
  private static void checkHeaders(SoapRequest request) {
    for (XmlElement header : request.headers()) {
      String must = header.attributes().getOrDefault("mustUnderstand", "0");
      boolean known =
          header.namespace().equals(Ns.SECURITY)
              || header.namespace().equals(Ns.ADDRESSING.uri())
              || ServiceBinding.isReference(header);
      if ((must.equals("1") || must.equals("true")) && !known) {
        throw SoapFault.mustUnderstand();
      }
    }
  }

  private void challenge(HttpExchange exchange, LoginVerdict.Challenged challenged) {
    boolean html = device.has(SimQuirk.REFUSAL_IS_HTML);
    exchange.respond(
        401,
        html ? "text/html" : "",
        html ? BadAnswers.page("401 Unauthorized") : new byte[0],
        fields(challenged));
  }

  private static List<String> fields(LoginVerdict.Challenged challenged) {
    List<String> fields = new ArrayList<>();
    for (String challenge : challenged.challenges()) {
      fields.add("WWW-Authenticate");
      fields.add(challenge);
    }
    return fields;
  }

  private void refuse(HttpExchange exchange, LoginVerdict.Refused refused) {
    if (device.has(SimQuirk.REFUSAL_IS_HTML)) {
      exchange.respond(401, "text/html", BadAnswers.page("401 Unauthorized"));
    } else {
      fault(exchange, refused.fault());
    }
  }

  private void answer(HttpExchange exchange, SoapRequest request, SoapAnswer answer) {
    switch (answer) {
      case SoapAnswer.Now now -> write(exchange, request, now);
      case SoapAnswer.Later later -> {
        exchange.whenGone(() -> later.answer().cancel(false));
        later
            .answer()
            .whenComplete(
                (now, failure) -> {
                  if (now != null) {
                    write(exchange, request, now);
                  } else if (failure instanceof SoapFault fault) {
                    fault(exchange, fault);
                  } else {
                    exchange.close();
                  }
                });
      }
    }
  }

  private void write(HttpExchange exchange, SoapRequest request, SoapAnswer.Now now) {
    XmlElement id = request.header(Ns.ADDRESSING.uri(), "MessageID");
    String headers =
        now.action().isEmpty()
            ? ""
            : SoapEnvelope.answerHeaders(now.action(), id == null ? null : id.text());
    Charset charset =
        device.has(SimQuirk.NAMES_IN_1251)
            ? Charset.forName("windows-1251")
            : StandardCharsets.UTF_8;
    exchange.respond(200, SOAP, SoapEnvelope.of(headers, now.body()).getBytes(charset));
  }

  private void fault(HttpExchange exchange, SoapFault fault) {
    if (device.has(SimQuirk.FAULTS_ARE_HTML)) {
      exchange.respond(500, "text/html", BadAnswers.page("500 Internal Server Error"));
      return;
    }
    int status = device.has(SimQuirk.FAULTS_ARE_OK) ? 200 : fault.httpStatus();
    boolean old = device.has(SimQuirk.OLD_FAULTS);
    String text = old ? SoapEnvelope.oldFault(fault) : SoapEnvelope.fault(fault);
    exchange.respond(
        status, old ? "text/xml; charset=utf-8" : SOAP, text.getBytes(StandardCharsets.UTF_8));
  }
}
