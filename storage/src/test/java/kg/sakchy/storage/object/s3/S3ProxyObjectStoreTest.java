package kg.sakchy.storage.object.s3;

import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.CopyingObjectStoreContract;
import kg.sakchy.core.config.ObjectStoreConfig.S3Config;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.storage.ObjectStore;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on an S3 server that is not MinIO's, in this process. */
class S3ProxyObjectStoreTest implements CopyingObjectStoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @RegisterExtension
  static final S3ProxyExtension SERVER =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  private S3ObjectStore store;

  @BeforeEach
  void open() {
    store =
        new S3ObjectStore(
            new S3Config(
                String.valueOf(SERVER.getUri()),
                "us-east-1",
                "bucket-" + BUCKETS.incrementAndGet(),
                true,
                "access",
                new Secret("secret")));
    store.check();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public ObjectStore store() {
    return store;
  }
}
