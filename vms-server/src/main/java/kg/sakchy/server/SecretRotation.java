package kg.sakchy.server;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.catalogue.Catalogue;
import kg.sakchy.storage.secret.KeysetBox;

/**
 * Gives a stopped server a new key for the secrets it keeps, and seals them all with it. The old
 * key is gone from its file when all is done; interrupted, it stays there, and another run
 * finishes.
 *
 * <p>Threads: runs on the caller's.
 */
public final class SecretRotation {
  private static final Duration DATABASE_PATIENCE = Duration.ofMinutes(2);

  private SecretRotation() {}

  /**
   * Runs to the end.
   *
   * @return how many secrets were sealed again
   * @throws VmsException CONFLICT while the server runs; UNAVAILABLE without database; DATA_LOSS
   *     when a secret was sealed by a key that is not there, and then every key stays
   */
  public static int run(VmsConfig config) {
    try (DataDirectory data = DataDirectory.open(Path.of(config.dataDir()))) {
      Path keys = data.path().resolve(Catalogue.SECRET_KEYS);
      KeysetBox.in(keys).withNewKey().save(keys);
      int sealed = sealAgain(config, data.path());
      KeysetBox.in(keys).newestOnly().save(keys);
      return sealed;
    }
  }

  private static int sealAgain(VmsConfig config, Path data) {
    try (Catalogue catalogue = Catalogue.open(config.database(), data, new SimpleMeterRegistry())) {
      if (!catalogue.awaitReady(DATABASE_PATIENCE)) {
        throw new VmsException(ErrorKind.UNAVAILABLE, "the database does not answer");
      }
      return catalogue.sealSecretsAgain();
    }
  }
}
