package kg.sakchy.sim.onvif.login;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.auth.DigestAlgorithm;
import kg.sakchy.core.auth.DigestVerifier;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.SimQuirks;
import kg.sakchy.sim.onvif.SimUser;
import org.jspecify.annotations.Nullable;

/**
 * HTTP Digest (RFC 7616) of a device: a nonce for all connections, or one for each path. The
 * address signed must be the address asked for.
 */
final class DigestLogin {
  private static final String REALM = "Sakchy camera";
  private static final Credentials NOBODY = new Credentials("", "");
  private static final Pattern SIGNED_URI = Pattern.compile("\\buri=\"([^\"]*)\"");
  private static final int MAX_PATHS = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SimQuirks quirks;
  private final List<DigestAlgorithm> algorithms;
  private final Map<String, String> nonces = new HashMap<>();

  /** A user, or why there is none. */
  record Result(@Nullable SimUser user, boolean stale) {}

  DigestLogin(SimQuirks quirks, List<DigestAlgorithm> algorithms) {
    this.quirks = quirks;
    this.algorithms = algorithms;
  }

  /** All nonces are stale. */
  void expire() {
    nonces.clear();
  }

  private String nonce(String path) {
    String key = quirks.has(SimQuirk.NONCE_PER_PATH) ? path : "";
    if (nonces.size() > MAX_PATHS) {
      nonces.clear();
    }
    return nonces.computeIfAbsent(key, any -> random());
  }

  private static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  Result verify(String method, String target, String authorization, Iterable<SimUser> users) {
    Matcher signed = SIGNED_URI.matcher(authorization);
    if (!signed.find() || !signed.group(1).equals(target)) {
      return new Result(null, false);
    }
    boolean stale = false;
    for (SimUser user : users) {
      for (DigestAlgorithm algorithm : algorithms) {
        DigestVerifier verifier =
            new DigestVerifier(user.credentials(), REALM, algorithm, () -> nonce(target));
        switch (verifier.verify(method, authorization)) {
          case GRANTED -> {
            return new Result(user, false);
          }
          case STALE -> stale = true;
          case REFUSED -> {
            // Perhaps another user.
          }
        }
      }
    }
    return new Result(null, stale);
  }

  /** Values of WWW-Authenticate fields. */
  List<String> challenges(String target, boolean stale) {
    List<String> challenges = new ArrayList<>();
    if (quirks.has(SimQuirk.BASIC_CHALLENGE_FIRST)) {
      challenges.add("Basic realm=\"" + REALM + "\"");
    }
    for (DigestAlgorithm algorithm : algorithms) {
      String challenge =
          new DigestVerifier(NOBODY, REALM, algorithm, () -> nonce(target))
              .challenge(stale ? DigestVerifier.Verdict.STALE : DigestVerifier.Verdict.REFUSED);
      challenges.add(
          quirks.has(SimQuirk.QOP_AUTH_INT)
              ? challenge.replace("qop=\"auth\"", "qop=\"auth,auth-int\"")
              : challenge);
    }
    return challenges;
  }
}
