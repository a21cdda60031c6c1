package kg.sakchy.onvif.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.auth.HttpAuthenticator;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how one camera wants to be logged in to, and remembers it: WS-Security first, HTTP
 * Digest (RFC 7616) after a 401, nothing at all where the camera does not understand WS-Security.
 *
 * <p>Cameras lock accounts. After two refusals without a success in between, nothing is tried any
 * more until the credentials change.
 *
 * <p>Threads: safe for use by many threads. Until {@link #isSettled}, callers send one request at a
 * time, else two wrong tries become four.
 */
public final class DeviceLogin {
  private static final int MAX_REFUSALS = 2;

  /** Services of one camera hardly have more paths. */
  private static final int MAX_PATHS = 16;

  private final VmsClock clock;
  private final PlainPasswords plainPasswords;
  private final Map<String, Challenged> digests = new LinkedHashMap<>();
  private @Nullable Credentials credentials;
  private @Nullable Credentials earlier;
  private long earlierUntil;
  private boolean usingEarlier;
  private Way way = Way.TOKEN;
  private boolean settled;
  private int refusals;

  private enum Way {
    TOKEN,
    HTTP,
    ANONYMOUS
  }

  /** A path's challenge; some cameras refuse a nonce they gave for another path. */
  private static final class Challenged {
    private final HttpAuthenticator authenticator;
    private boolean used;

    Challenged(HttpAuthenticator authenticator) {
      this.authenticator = authenticator;
    }
  }

  public DeviceLogin(
      @Nullable Credentials credentials, PlainPasswords plainPasswords, VmsClock clock) {
    this.credentials = credentials;
    this.plainPasswords = plainPasswords;
    this.clock = clock;
  }

  /** The credentials in use, or null. */
  public synchronized @Nullable Credentials credentials() {
    return usingEarlier() ? earlier : credentials;
  }

  /** Starts again with other credentials; the same ones change nothing. */
  public synchronized void use(@Nullable Credentials newer) {
    if (newer == null ? credentials == null : newer.equals(credentials)) {
      return;
    }
    credentials = newer;
    earlier = null;
    forget();
  }

  /**
   * The password of this very account was changed on the camera a moment ago. Cameras take seconds
   * to notice, so until the grace is over the old one is tried where the new one fails.
   */
  public synchronized void changed(Credentials newer, Duration grace) {
    Credentials old = credentials;
    credentials = newer;
    forget();
    earlier = old;
    earlierUntil = clock.nanoTime() + grace.toNanos();
  }

  private void forget() {
    usingEarlier = false;
    digests.clear();
    settled = false;
    refusals = 0;
  }

  private boolean usingEarlier() {
    if (usingEarlier && clock.nanoTime() - earlierUntil > 0) {
      forget();
      earlier = null;
    }
    return usingEarlier;
  }

  /** Whether a request that needs a login has succeeded, so that requests may go in parallel. */
  public synchronized boolean isSettled() {
    return settled || credentials == null;
  }

  /** Whether WS-Security is the way, so that the camera's clock matters. */
  public synchronized boolean usesClock() {
    return credentials != null && way == Way.TOKEN;
  }

  /**
   * What the next request carries.
   *
   * @param path of the request line
   * @param open whether the operation needs no login, as far as the specification goes
   * @throws VmsException UNAUTHENTICATED if the credentials were refused twice
   */
  public synchronized Proof proof(String path, boolean open) {
    Credentials now = credentials();
    if (now == null || open) {
      return new Proof.Anonymous();
    }
    return loggedIn(now, path);
  }

  /** As {@link #proof}, for an operation that turned out to need a login. */
  public synchronized Proof insistentProof(String path) {
    Credentials now = credentials();
    return now == null ? new Proof.Anonymous() : loggedIn(now, path);
  }

  private Proof loggedIn(Credentials now, String path) {
    if (refusals >= MAX_REFUSALS) {
      throw blocked();
    }
    return switch (way) {
      case ANONYMOUS -> new Proof.Anonymous();
      case TOKEN -> new Proof.Token(now);
      case HTTP -> authorization(path);
    };
  }

  private Proof authorization(String path) {
    Challenged challenged = digests.get(path);
    if (challenged == null) {
      return new Proof.Anonymous(); // brings the challenge
    }
    String value = challenged.authenticator.authorization("POST", path);
    boolean fresh = !challenged.used;
    challenged.used = true;
    return value == null ? new Proof.Anonymous() : new Proof.Authorization(value, fresh);
  }

  /** The camera did what was asked although it needs a login: the proof was good. */
  public synchronized void accepted() {
    settled = true;
    refusals = 0;
  }

  /**
   * The camera answered 401. Returns if another try with a new {@link #proof} makes sense.
   *
   * @param proof what the request carried
   * @param challenges values of its WWW-Authenticate fields
   * @param encrypted whether the connection was
   * @param words what the camera said besides, or empty
   * @throws VmsException UNAUTHENTICATED
   */
  public synchronized void challenged(
      String path, Proof proof, List<String> challenges, boolean encrypted, String words) {
    Credentials now = credentials();
    if (now == null) {
      throw loginNeeded();
    }
    if (proof instanceof Proof.Authorization(var _, var fresh) && fresh) {
      refused(words);
      return;
    }
    boolean tokenRefused = proof instanceof Proof.Token;
    if (tokenRefused) {
      refusals++;
    }
    boolean plain = plainPasswords == PlainPasswords.OVER_TLS && encrypted;
    HttpAuthenticator answer =
        plain ? new HttpAuthenticator(now) : HttpAuthenticator.withoutBasic(now);
    if (!answer.challenge(challenges)) {
      if (tokenRefused && challenges.isEmpty()) {
        refusals--;
        refused(words);
        return;
      }
      throw new VmsException(
          ErrorKind.UNAUTHENTICATED,
          "the camera offers no way to log in that keeps the password secret"
              + (words.isEmpty() ? "" : ": " + words));
    }
    if (digests.size() >= MAX_PATHS) {
      digests.remove(digests.keySet().iterator().next());
    }
    digests.put(path, new Challenged(answer));
    way = Way.HTTP;
  }

  /**
   * The camera refused the proof for good. Returns if an earlier password is worth a try.
   *
   * @throws VmsException UNAUTHENTICATED
   */
  public synchronized void refused(String words) {
    if (credentials == null) {
      throw loginNeeded();
    }
    digests.clear();
    settled = false;
    if (earlier != null && !usingEarlier && clock.nanoTime() - earlierUntil < 0) {
      usingEarlier = true;
      return;
    }
    refusals++;
    String told = words.isEmpty() ? "" : ": " + words;
    throw new VmsException(
            ErrorKind.UNAUTHENTICATED,
            "the camera refuses the user or the password (some makers want a user of their own for"
                + " ONVIF)"
                + told)
        .with("refusals", refusals);
  }

  /** A refusal that another clock may cure counts all the same. */
  public synchronized void refusedOnce() {
    refusals++;
    settled = false;
  }

  /** The camera does not understand WS-Security: it is left out. */
  public synchronized void withoutToken() {
    way = Way.ANONYMOUS;
  }

  /** A camera that took requests without any login wants one now. */
  public synchronized void withToken() {
    way = Way.TOKEN;
  }

  private static VmsException loginNeeded() {
    return new VmsException(
        ErrorKind.UNAUTHENTICATED, "the camera wants a user and a password, and none are known");
  }

  private static VmsException blocked() {
    return new VmsException(
        ErrorKind.UNAUTHENTICATED,
        "the camera has refused the user or the password twice; nothing more is tried until they"
            + " are changed, because cameras lock accounts");
  }
}
