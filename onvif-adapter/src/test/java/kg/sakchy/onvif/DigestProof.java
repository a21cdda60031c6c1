package kg.sakchy.onvif;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A camera's judgement of what a request carries, written apart from the code under test: from the
 * formulas of RFC 7616 §3.4 and of the UsernameToken Profile §3.1.
 */
final class DigestProof {
  private DigestProof() {}

  /** A parameter of a challenge or of an Authorization field; empty if it is not there. */
  static String parameter(String field, String name) {
    Matcher m =
        Pattern.compile("[ ,]" + name + "=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))")
            .matcher(field);
    if (!m.find()) {
      return "";
    }
    return m.group(1) == null ? m.group(2) : m.group(1).replaceAll("\\\\(.)", "$1");
  }

  /** {@code digest} or {@code bad-digest}. */
  static String judge(
      String authorization, String path, String user, String password, List<String> nonces) {
    String realm = parameter(authorization, "realm");
    String nonce = parameter(authorization, "nonce");
    String algorithm = parameter(authorization, "algorithm").toUpperCase(Locale.ROOT);
    String hash = algorithm.startsWith("SHA-256") ? "SHA-256" : "MD5";
    String nc = parameter(authorization, "nc");
    String cnonce = parameter(authorization, "cnonce");
    String qop = parameter(authorization, "qop");
    String secret = hex(hash, user + ":" + realm + ":" + password);
    if (algorithm.endsWith("-SESS")) {
      secret = hex(hash, secret + ":" + nonce + ":" + cnonce);
    }
    String request = hex(hash, "POST:" + path);
    String expected =
        qop.isEmpty()
            ? hex(hash, secret + ":" + nonce + ":" + request)
            : hex(hash, String.join(":", secret, nonce, nc, cnonce, qop, request));
    boolean good =
        authorization.startsWith("Digest ")
            && nonces.contains(nonce)
            && parameter(authorization, "username").equals(user)
            && parameter(authorization, "uri").equals(path)
            && (qop.isEmpty() || qop.equals("auth"))
            && parameter(authorization, "response").equals(expected);
    return good ? "digest" : "bad-digest";
  }

  /** {@code token} or {@code bad-token}. */
  static String judgeToken(
      String request, String user, String password, Instant deviceTime, Duration tolerance) {
    String created = element(request, "Created");
    byte[] nonce = Base64.getDecoder().decode(element(request, "Nonce"));
    String expected;
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update((created + password).getBytes(StandardCharsets.UTF_8));
      expected = Base64.getEncoder().encodeToString(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    boolean inTime =
        Duration.between(deviceTime, Instant.parse(created)).abs().compareTo(tolerance) <= 0;
    boolean good =
        inTime
            && element(request, "Username").equals(user)
            && element(request, "Password").equals(expected);
    return good ? "token" : "bad-token";
  }

  private static String element(String request, String name) {
    Matcher m =
        Pattern.compile("<wsse:" + name + "(?:\\s[^>]*)?>([^<]*)<|<wsu:" + name + ">([^<]*)<")
            .matcher(request);
    if (!m.find()) {
      return "";
    }
    String text = m.group(1) == null ? m.group(2) : m.group(1);
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }

  private static String hex(String hash, String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
