package kg.sakchy.web.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Checks ID tokens (OpenID Connect Core §3.1.3.7): signed by a key of the provider with one of
 * three algorithms, none of which takes a shared secret; by this issuer, for this server, for this
 * sign-in, now.
 *
 * <p>Threads: safe for use by many threads; calls block when keys must be read.
 */
final class IdTokens {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  /** How far the clocks of provider and server may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final String issuer;
  private final String clientId;
  private final ProviderKeys keys;
  private final VmsClock clock;
  private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

  IdTokens(String issuer, String clientId, ProviderKeys keys, VmsClock clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * What a token says.
   *
   * @param text the token in its compact form
   * @param nonce of the sign-in
   * @param keysAt where the provider has its keys
   * @throws VmsException UNAUTHENTICATED when it proves nothing; UNAVAILABLE when the keys cannot
   *     be read
   */
  JWTClaimsSet check(String text, String nonce, URI keysAt) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      require(ALGORITHMS.contains(token.getHeader().getAlgorithm()), "by an algorithm not allowed");
      require(isSigned(token, keysAt), "by none of the provider's keys");
      JWTClaimsSet claims = token.getJWTClaimsSet();
      require(issuer.equals(claims.getIssuer()), "by another issuer");
      requireAudience(claims);
      require(nonce.equals(claims.getStringClaim("nonce")), "for another sign-in");
      requireNow(claims);
      return claims;
    } catch (ParseException e) {
      throw refused("in a form that cannot be read");
    }
  }

  private boolean isSigned(SignedJWT token, URI keysAt) {
    return keys.candidates(keysAt, token.getHeader()).stream().anyMatch(key -> signs(key, token));
  }

  private boolean signs(JWK key, SignedJWT token) {
    try {
      return key instanceof AsymmetricJWK pair
          && token.verify(verifiers.createJWSVerifier(token.getHeader(), pair.toPublicKey()));
    } catch (JOSEException e) {
      return false; // a key that is none for this algorithm
    }
  }

  private void requireAudience(JWTClaimsSet claims) throws ParseException {
    List<String> audience = claims.getAudience();
    String party = claims.getStringClaim("azp");
    require(
        audience.contains(clientId)
            && (party == null ? audience.size() == 1 : party.equals(clientId)),
        "for another audience");
  }

  private void requireNow(JWTClaimsSet claims) {
    Instant now = clock.now();
    Instant expires = instant(claims.getExpirationTime());
    Instant issued = instant(claims.getIssueTime());
    Instant begins = instant(claims.getNotBeforeTime());
    require(expires != null && now.isBefore(expires.plus(SKEW)), "for a time that is over");
    require(issued != null && !now.isBefore(issued.minus(SKEW)), "in the future");
    require(begins == null || !now.isBefore(begins.minus(SKEW)), "for a time that comes");
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw refused(otherwise);
    }
  }

  private static VmsException refused(String why) {
    return new VmsException(
        ErrorKind.UNAUTHENTICATED, "the identity provider's token was made " + why);
  }
}
