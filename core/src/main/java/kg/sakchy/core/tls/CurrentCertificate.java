package kg.sakchy.core.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the server shows now. Another one takes its place without a restart: the
 * next handshake shows it, connections that are open stay.
 *
 * <p>Threads: safe for use by many threads; never blocks.
 */
public final class CurrentCertificate extends X509ExtendedKeyManager {
  /** The last two, since a handshake asks twice: which one, and then for it. */
  private record Held(int number, KeyedCertificate now, @Nullable KeyedCertificate before) {}

  private volatile Held held;

  public CurrentCertificate(KeyedCertificate first) {
    held = new Held(0, first, null);
  }

  public KeyedCertificate get() {
    return held.now();
  }

  /** From now on this one is shown. */
  public synchronized void replace(KeyedCertificate next) {
    held = new Held(held.number() + 1, next, held.now());
  }

  private @Nullable String alias(String keyType) {
    Held now = held;
    return now.now().key().getAlgorithm().equals(keyType) ? Integer.toString(now.number()) : null;
  }

  private @Nullable KeyedCertificate find(String alias) {
    Held now = held;
    if (alias.equals(Integer.toString(now.number()))) {
      return now.now();
    }
    return alias.equals(Integer.toString(now.number() - 1)) ? now.before() : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = alias(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    KeyedCertificate found = find(alias);
    return found == null ? null : found.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    KeyedCertificate found = find(alias);
    return found == null ? null : found.key();
  }

  /** This server shows itself to clients only. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
