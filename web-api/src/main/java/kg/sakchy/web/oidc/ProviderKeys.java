package kg.sakchy.web.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * The keys a provider signs with (RFC 7517). They are read again when a token names one that is not
 * among them, as after a change of keys, and every five minutes, so that a withdrawn key goes.
 *
 * <p>Threads: safe for use by many threads; calls block (network).
 */
final class ProviderKeys {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int MOST_KEYS = 100;

  private final ProviderHttp http;
  private final VmsClock clock;
  private @Nullable Read last;

  ProviderKeys(ProviderHttp http, VmsClock clock) {
    this.http = http;
    this.clock = clock;
  }

  private record Read(URI address, JWKSet keys, long atNanos) {}

  /**
   * The keys that may have signed a token: those of its algorithm, its kind and its name.
   *
   * @param address where the provider has its keys
   * @param header of the token
   */
  synchronized List<JWK> candidates(URI address, JWSHeader header) {
    JWKSelector selector = new JWKSelector(Objects.requireNonNull(JWKMatcher.forJWSHeader(header)));
    Read known = last;
    if (known != null && known.address().equals(address) && isFresh(known)) {
      List<JWK> found = selector.select(known.keys());
      if (!found.isEmpty()) {
        return found;
      }
    }
    return selector.select(read(address));
  }

  private boolean isFresh(Read known) {
    return clock.nanoTime() - known.atNanos() < FRESH.toNanos();
  }

  private JWKSet read(URI address) {
    try {
      JWKSet keys = JWKSet.parse(http.get(address).encode());
      if (keys.size() > MOST_KEYS) {
        throw ProviderHttp.away("the identity provider has too many keys", null);
      }
      last = new Read(address, keys, clock.nanoTime());
      return keys;
    } catch (ParseException e) {
      throw ProviderHttp.away("the keys of the identity provider cannot be read", e);
    }
  }
}
