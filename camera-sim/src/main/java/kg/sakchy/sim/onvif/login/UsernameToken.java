package kg.sakchy.sim.onvif.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import kg.sakchy.sim.onvif.SimUser;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.XmlElement;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/**
 * Judges a WS-UsernameToken (OASIS UsernameToken Profile 1.0 §3.1): a digest only, of the right
 * time, with a nonce not seen before.
 */
final class UsernameToken {
  private static final String UTILITY =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
  private static final String DIGEST_TYPE =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
          + "#PasswordDigest";
  private static final int MAX_NONCES = 256;

  private final Set<String> nonces = new LinkedHashSet<>();

  /**
   * The user, or null if the token is not good.
   *
   * @param security the header block
   * @param now the device's time
   */
  @Nullable SimUser verify(
      XmlElement security, Map<String, SimUser> users, Instant now, Duration window) {
    XmlElement token = security.child(Ns.SECURITY, "UsernameToken");
    if (token == null) {
      return null;
    }
    XmlElement name = token.child(Ns.SECURITY, "Username");
    XmlElement password = token.child(Ns.SECURITY, "Password");
    XmlElement nonce = token.child(Ns.SECURITY, "Nonce");
    XmlElement created = token.child(UTILITY, "Created");
    if (name == null || password == null || nonce == null || created == null) {
      return null;
    }
    SimUser user = users.get(name.text());
    if (user == null
        || !DIGEST_TYPE.equals(password.attributes().get("Type"))
        || !inTime(created.text(), now, window)
        || !rightDigest(user, password.text(), nonce.text(), created.text())) {
      return null;
    }
    return isFresh(nonce.text() + created.text()) ? user : null;
  }

  private static boolean inTime(String created, Instant now, Duration window) {
    try {
      return Duration.between(XsdTime.parse(created), now).abs().compareTo(window) <= 0;
    } catch (SoapFault e) {
      return false;
    }
  }

  private static boolean rightDigest(SimUser user, String digest, String nonce, String created) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(Base64.getDecoder().decode(nonce));
      sha1.update(created.getBytes(StandardCharsets.UTF_8));
      sha1.update(user.credentials().password().getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(sha1.digest(), Base64.getDecoder().decode(digest));
    } catch (IllegalArgumentException e) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private boolean isFresh(String nonce) {
    if (!nonces.add(nonce)) {
      return false;
    }
    if (nonces.size() > MAX_NONCES) {
      Iterator<String> oldest = nonces.iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }
}
