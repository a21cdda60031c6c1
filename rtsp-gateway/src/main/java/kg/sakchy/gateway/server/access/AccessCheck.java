package kg.sakchy.gateway.server.access;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.auth.DigestAlgorithm;
import kg.sakchy.core.auth.DigestVerifier;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the requests of one connection what they may see. Nothing, by default: a client must
 * hold a media token for the camera, or prove to be a viewer (Digest, RFC 7616), or be on this
 * machine as long as that is enough.
 *
 * <p>A token is told once, in the address of the first request that has it, because clients leave
 * the query out of the addresses they make themselves; it is judged anew at each request, so that
 * it expires. A client that shows proof is judged by it, wherever it is.
 *
 * <p>Threads: one request at a time; blocks as {@link Viewers} does.
 */
public final class AccessCheck {
  private static final String REALM = "Sakchy";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern USER = Pattern.compile("username=\"((?:[^\"\\\\]|\\\\.){1,256})\"");
  private final AccessPolicy policy;
  private final VmsClock clock;
  private final InetAddress client;
  private final String nonce = nonce();
  private @Nullable MediaGrant remembered;

  /** What becomes of a request. */
  public sealed interface Verdict {
    /** It may see something of the camera. */
    record Granted(Access access) implements Verdict {}

    /**
     * Nobody knows who asks.
     *
     * @param challenge value of the WWW-Authenticate field
     * @param failed whether proof was shown, and was wrong
     */
    record Unknown(String challenge, boolean failed) implements Verdict {}

    /** Who asks is known, and may not see this. */
    record Denied() implements Verdict {}
  }

  /**
   * @param client address of the connection's other end
   */
  public AccessCheck(AccessPolicy policy, VmsClock clock, InetAddress client) {
    this.policy = policy;
    this.clock = clock;
    this.client = client;
  }

  /**
   * Judges a request.
   *
   * @param token of the address, or null
   * @param authorization value of the Authorization field, or null
   */
  public Verdict judge(
      String method, CameraId camera, @Nullable String token, @Nullable String authorization) {
    if (token != null) {
      return byToken(token, camera);
    }
    MediaGrant known = remembered;
    if (known != null && known.camera().equals(camera)) {
      return clock.now().isBefore(known.expires())
          ? granted(new Access(known), camera)
          : unknown(DigestVerifier.Verdict.REFUSED, true);
    }
    if (authorization != null) {
      return byPassword(method, camera, authorization);
    }
    return policy.trustsLoopback() && client.isLoopbackAddress()
        ? new Verdict.Granted(Access.ALL)
        : unknown(DigestVerifier.Verdict.REFUSED, false);
  }

  private Verdict byToken(String token, CameraId camera) {
    MediaTokens tokens = policy.tokens();
    if (tokens == null) {
      return unknown(DigestVerifier.Verdict.REFUSED, true);
    }
    try {
      MediaGrant grant = tokens.verify(token);
      remembered = grant;
      return granted(new Access(grant), camera);
    } catch (VmsException e) {
      remembered = null;
      return unknown(DigestVerifier.Verdict.REFUSED, true);
    }
  }

  private static Verdict granted(Access access, CameraId camera) {
    return access.allowsSome(camera) ? new Verdict.Granted(access) : new Verdict.Denied();
  }

  private Verdict byPassword(String method, CameraId camera, String authorization) {
    Matcher named = USER.matcher(authorization);
    String user = named.find() ? named.group(1).replaceAll("\\\\(.)", "$1") : "";
    Optional<Credentials> known = user.isEmpty() ? Optional.empty() : policy.viewers().find(user);
    // Without such a user the answer takes the same way, so that its time tells nothing.
    DigestVerifier.Verdict verdict =
        verifier(known.orElseGet(() -> new Credentials(nonce(), nonce())))
            .verify(method, authorization);
    if (verdict != DigestVerifier.Verdict.GRANTED) {
      return unknown(verdict, verdict == DigestVerifier.Verdict.REFUSED);
    }
    return policy.viewers().maySee(user, camera)
        ? new Verdict.Granted(Access.ALL)
        : new Verdict.Denied();
  }

  private Verdict unknown(DigestVerifier.Verdict why, boolean failed) {
    return new Verdict.Unknown(verifier(new Credentials("", "")).challenge(why), failed);
  }

  /** MD5, because no common RTSP client knows anything better. */
  private DigestVerifier verifier(Credentials credentials) {
    return new DigestVerifier(credentials, REALM, DigestAlgorithm.MD5, () -> nonce);
  }

  private static String nonce() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
