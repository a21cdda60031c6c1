package kg.sakchy.core;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import kg.sakchy.core.tls.CurrentCertificate;
import kg.sakchy.core.tls.HostNames;
import kg.sakchy.core.tls.KeyedCertificate;
import kg.sakchy.core.tls.SelfSigned;

/** Certificates for servers in tests; clients must not ask who signed them. */
public final class SampleCertificate {
  private static final SecureRandom RANDOM = new SecureRandom();

  private SampleCertificate() {}

  /** For some names, valid for some time from now on. */
  public static KeyedCertificate of(String names, Duration valid) {
    return SelfSigned.server("sample", HostNames.parse(names), Instant.now(), valid, RANDOM);
  }

  /** A client that takes every certificate. */
  public static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, RANDOM);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** What a server is given. */
  public static CurrentCertificate current(String names) {
    return new CurrentCertificate(of(names, Duration.ofDays(1)));
  }
}
