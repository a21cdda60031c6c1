package kg.sakchy.core.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import kg.sakchy.core.account.RandomSecret;
import kg.sakchy.core.account.SecretHash;

/**
 * What binds a sign-in at the provider to the browser that began it. The browser keeps the ticket,
 * in a cookie; everything else follows from it, so that nothing is stored here. Who sees one of the
 * things that follow can tell neither the ticket nor the others from it.
 *
 * @param value when it was issued, in seconds since 1970, a dot, and 256 random bits; as it came
 *     from a browser it may be anything
 */
public record SignInTicket(String value) {
  private static final Duration LIFE = Duration.ofMinutes(10);

  /** A clock that was set back by less does not end it. */
  private static final Duration CLOCK_STEP = Duration.ofMinutes(1);

  /** A new one. */
  public static SignInTicket issue(Instant now) {
    return new SignInTicket(now.getEpochSecond() + "." + RandomSecret.key());
  }

  /** How long a browser keeps it. */
  public static Duration life() {
    return LIFE;
  }

  /** Whether it is of the right form, and its time has begun and is not over. */
  boolean holdsAt(Instant now) {
    if (!value.matches("\\d{1,11}[.][A-Za-z0-9_-]{43}")) {
      return false;
    }
    Instant issued = Instant.ofEpochSecond(Long.parseLong(value.substring(0, value.indexOf('.'))));
    return now.isBefore(issued.plus(LIFE)) && !now.isBefore(issued.minus(CLOCK_STEP));
  }

  /** What comes back with the browser (RFC 6749 §10.12). */
  public String state() {
    return derived("state");
  }

  /** What must stand in the token of the provider (OpenID Connect Core §3.1.2.1). */
  public String nonce() {
    return derived("nonce");
  }

  /** What shows that who began and who asks for the token are one (RFC 7636 §4.1). */
  public String verifier() {
    return derived("verifier");
  }

  /** The {@code S256} challenge of the verifier (RFC 7636 §4.2). */
  public String challenge() {
    return base64(SecretHash.of(verifier()));
  }

  private String derived(String purpose) {
    return base64(SecretHash.of("provider " + purpose + " " + value));
  }

  private static String base64(SecretHash hash) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash.bytes());
  }

  @Override
  public String toString() {
    return "SignInTicket[***]";
  }
}
