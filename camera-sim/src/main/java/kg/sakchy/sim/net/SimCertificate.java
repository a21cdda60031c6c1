package kg.sakchy.sim.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A self-signed certificate such as cameras come with, made anew for each server by the JDK's
 * {@code keytool} and never kept.
 */
public final class SimCertificate {
  private SimCertificate() {}

  /**
   * A server context with a new key.
   *
   * @throws VmsException INTERNAL if {@code keytool} fails
   */
  public static SslContext context() {
    String password = UUID.randomUUID().toString();
    try {
      Path directory = Files.createTempDirectory("camera-sim");
      Path file = directory.resolve("key.p12");
      try {
        keytool(file, password);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
          keys.load(in, password.toCharArray());
        }
        KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password.toCharArray());
        return SslContextBuilder.forServer(factory).build();
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new VmsException(ErrorKind.INTERNAL, "cannot make a certificate", e);
    }
  }

  private static void keytool(Path file, String password) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "camera",
            "-keyalg",
            "EC",
            "-dname",
            "CN=camera",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "365",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            password);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool runs", e);
    }
  }
}
