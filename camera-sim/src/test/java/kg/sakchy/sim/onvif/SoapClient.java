package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kg.sakchy.core.auth.HttpAuthenticator;
import kg.sakchy.core.camera.Credentials;
import org.jspecify.annotations.Nullable;

/** A client that sends what a test tells it, and looks at answers as texts. */
final class SoapClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final Map<String, String> NAMESPACES =
      Map.ofEntries(
          Map.entry("tds", "http://www.onvif.org/ver10/device/wsdl"),
          Map.entry("trt", "http://www.onvif.org/ver10/media/wsdl"),
          Map.entry("tr2", "http://www.onvif.org/ver20/media/wsdl"),
          Map.entry("tptz", "http://www.onvif.org/ver20/ptz/wsdl"),
          Map.entry("timg", "http://www.onvif.org/ver20/imaging/wsdl"),
          Map.entry("tev", "http://www.onvif.org/ver10/events/wsdl"),
          Map.entry("tmd", "http://www.onvif.org/ver10/deviceIO/wsdl"),
          Map.entry("trc", "http://www.onvif.org/ver10/recording/wsdl"),
          Map.entry("tse", "http://www.onvif.org/ver10/search/wsdl"),
          Map.entry("trp", "http://www.onvif.org/ver10/replay/wsdl"),
          Map.entry("wsnt", "http://docs.oasis-open.org/wsn/b-2"),
          Map.entry("wsa", "http://www.w3.org/2005/08/addressing"),
          Map.entry("tns1", "http://www.onvif.org/ver10/topics"),
          Map.entry("tt", "http://www.onvif.org/ver10/schema"));
  private static final String DECLARATIONS =
      NAMESPACES.entrySet().stream()
          .map(entry -> " xmlns:" + entry.getKey() + "=\"" + entry.getValue() + "\"")
          .collect(Collectors.joining());

  private final URI device;
  private @Nullable Credentials token;
  private @Nullable HttpAuthenticator digest;
  private Duration clockOffset = Duration.ZERO;
  private String nextHeader = "";

  /** An answer. */
  record Answer(int status, String body, List<String> challenges) {
    /** Text of the first element of that name, prefix included. */
    String text(String element) {
      Matcher matcher =
          Pattern.compile("<" + element + "(?: [^>]*)?>([^<]*)</" + element + ">").matcher(body);
      assertThat(matcher.find()).as("%s in %s", element, body).isTrue();
      return matcher.group(1);
    }

    /** Texts of all elements of that name. */
    List<String> texts(String element) {
      Matcher matcher =
          Pattern.compile("<" + element + "(?: [^>]*)?>([^<]*)</" + element + ">").matcher(body);
      List<String> texts = new ArrayList<>();
      while (matcher.find()) {
        texts.add(matcher.group(1));
      }
      return texts;
    }

    Answer ok() {
      assertThat(status).as(body).isEqualTo(200);
      assertThat(body).doesNotContain("Fault>");
      return this;
    }

    Answer fault(String subcode) {
      assertThat(body).contains("Fault>").contains(subcode);
      return this;
    }
  }

  SoapClient(URI device) {
    this.device = device;
  }

  /** Sends WS-UsernameTokens. */
  SoapClient token(String user, String password) {
    token = new Credentials(user, password);
    return this;
  }

  /** Answers challenges of HTTP Digest. */
  SoapClient digest(String user, String password) {
    digest = new HttpAuthenticator(new Credentials(user, password));
    return this;
  }

  /** Believes that it is so much later. */
  SoapClient clockOffset(Duration offset) {
    clockOffset = offset;
    return this;
  }

  /** Adds a header block to the next request. */
  SoapClient header(String xml) {
    nextHeader = xml;
    return this;
  }

  /** Asks the device service. */
  Answer device(String body) throws IOException, InterruptedException {
    return post(device, body);
  }

  /** Asks another service, at its place beside the device service. */
  Answer service(String name, String body) throws IOException, InterruptedException {
    return post(device.resolve(name + "_service"), body);
  }

  Answer post(URI address, String body) throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> response = HTTP.send(request(address, body), bodyText());
      List<String> challenges = response.headers().allValues("WWW-Authenticate");
      if (response.statusCode() == 401 && digest != null && digest.challenge(challenges)) {
        continue;
      }
      if (digest != null) {
        digest.accepted();
      }
      nextHeader = "";
      return new Answer(response.statusCode(), response.body(), challenges);
    }
  }

  private static HttpResponse.BodyHandler<String> bodyText() {
    return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
  }

  HttpRequest request(URI address, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/soap+xml; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(envelope(body)));
    if (digest != null) {
      String authorization = digest.authorization("POST", address.getRawPath());
      if (authorization != null) {
        request.header("Authorization", authorization);
      }
    }
    return request.build();
  }

  private String envelope(String body) {
    return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
        + DECLARATIONS
        + "><s:Header>"
        + nextHeader
        + security()
        + "</s:Header><s:Body>"
        + body
        + "</s:Body></s:Envelope>";
  }

  private String security() {
    if (token == null) {
      return "";
    }
    byte[] nonce = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    String created = Instant.now().plus(clockOffset).toString();
    return "<w:Security s:mustUnderstand=\"1\" xmlns:w=\"http://docs.oasis-open.org/wss/2004/01/"
        + "oasis-200401-wss-wssecurity-secext-1.0.xsd\"><w:UsernameToken><w:Username>"
        + token.user()
        + "</w:Username><w:Password Type=\"http://docs.oasis-open.org/wss/2004/01/"
        + "oasis-200401-wss-username-token-profile-1.0#PasswordDigest\">"
        + digestOf(nonce, created, token.password())
        + "</w:Password><w:Nonce>"
        + Base64.getEncoder().encodeToString(nonce)
        + "</w:Nonce><u:Created xmlns:u=\"http://docs.oasis-open.org/wss/2004/01/"
        + "oasis-200401-wss-wssecurity-utility-1.0.xsd\">"
        + created
        + "</u:Created></w:UsernameToken></w:Security>";
  }

  private static String digestOf(byte[] nonce, String created, String password) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update((created + password).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
