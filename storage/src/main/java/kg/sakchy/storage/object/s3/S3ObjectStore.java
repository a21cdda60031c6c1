package kg.sakchy.storage.object.s3;

import io.minio.CreateBucketArgs;
import io.minio.DeleteObjectsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Contents;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.ListBucketResultV2;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kg.sakchy.core.config.ObjectStoreConfig.S3Config;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.storage.object.RangeInputStream;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Objects in an S3 bucket, path-style, with plain S3 requests: PutObject, GetObject with a range,
 * HeadObject, ListObjectsV2, DeleteObjects, and where allowed CreateBucket.
 *
 * <p>A put sends the SHA-256 the caller knows both as the signed hash of the payload and as {@code
 * x-amz-checksum-sha256}: the store verifies it, and the content is read once and hashed here
 * never. An object is sent in one request, so at most 5 GiB.
 *
 * <p>Threads: safe for use by many threads. Each call blocks until the store has answered or a time
 * limit is over; an interrupt ends the wait with CANCELLED.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);
  private static final int CONNECTIONS = 64;
  private static final int IDLE_CONNECTIONS = 8;

  /** The most of S3 in one answer or one batch. */
  private static final int PAGE = 1_000;

  /** Begins with a dot, so it can be no object key. */
  private static final String PROBE = ".sakchy-check";

  private final S3Config config;
  private final OkHttpClient http;
  private final MinioAsyncClient client;
  private volatile boolean writable;

  /** Prepares a client; no request is made. */
  public S3ObjectStore(S3Config config) {
    this(config, SILENCE_TIMEOUT);
  }

  /**
   * @param silence how long the store may be silent in the middle of a request
   */
  S3ObjectStore(S3Config config, Duration silence) {
    this.config = config;
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(CONNECTIONS);
    dispatcher.setMaxRequestsPerHost(CONNECTIONS);
    this.http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 2, TimeUnit.MINUTES))
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(silence)
            .writeTimeout(silence)
            .callTimeout(CALL_TIMEOUT)
            .protocols(List.of(okhttp3.Protocol.HTTP_1_1))
            .build();
    this.client =
        MinioAsyncClient.builder()
            .endpoint(config.endpoint())
            .region(config.region())
            .credentials(config.accessKey(), config.secretKey().value())
            .httpClient(http, true)
            .build();
  }

  @Override
  public void check() {
    listPage("", "", 1);
    if (!writable) {
      inBucket(
          "writing to bucket " + config.bucket(),
          () ->
              client.putObject(
                  PutObjectAPIArgs.builder()
                      .bucket(config.bucket())
                      .object(PROBE)
                      .data(new byte[0], 0)
                      .build()));
      writable = true;
    }
  }

  @Override
  public void put(ObjectKey key, Path content, Bytes sha256) {
    Http.Headers headers =
        new Http.Headers(
            Http.Headers.X_AMZ_CHECKSUM_SHA256,
            Base64.getEncoder().encodeToString(sha256.toByteArray()));
    try (RandomAccessFile file = new RandomAccessFile(content.toFile(), "r")) {
      long length = file.length();
      inBucket(
          "storing " + key,
          () -> {
            try {
              file.seek(0);
            } catch (IOException e) {
              return CompletableFuture.failedFuture(e);
            }
            return client.putObject(
                PutObjectAPIArgs.builder()
                    .bucket(config.bucket())
                    .object(key.value())
                    .file(file, length)
                    .headers(headers)
                    .build());
          });
    } catch (IOException e) {
      throw new VmsException(ErrorKind.INTERNAL, "reading " + content + " failed", e)
          .with("key", key);
    }
  }

  @Override
  public InputStream open(ObjectKey key, long offset, long length) {
    if (offset < 0 || length <= 0 || length > Long.MAX_VALUE - offset) {
      throw notInObject(key, offset, length);
    }
    GetObjectResponse answer =
        await(
            "reading " + key,
            client.getObject(
                GetObjectArgs.builder()
                    .bucket(config.bucket())
                    .object(key.value())
                    .offset(offset)
                    .length(length)
                    .build()));
    String size = answer.headers().get(Http.Headers.CONTENT_LENGTH);
    if (!String.valueOf(length).equals(size)) {
      closeQuietly(answer);
      throw notInObject(key, offset, length); // S3 shortens a range that ends behind the object
    }
    return new RangeInputStream(answer, length);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key) {
    try {
      HeadObjectResponse answer =
          await(
              "looking for " + key,
              client.headObject(
                  HeadObjectArgs.builder().bucket(config.bucket()).object(key.value()).build()));
      return Optional.of(new ObjectInfo(key, answer.size(), answer.lastModified().toInstant()));
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      listPage("", "", 1); // a HEAD does not tell a missing bucket from a missing object
      return Optional.empty();
    }
  }

  @Override
  public List<ObjectInfo> list(String prefix, @Nullable ObjectKey after, int limit) {
    List<ObjectInfo> found = new ArrayList<>();
    String last = after == null ? "" : after.value();
    while (found.size() < limit) {
      // One more than asked for, because the probe is passed over.
      ListBucketResultV2 page = listPage(prefix, last, Math.min(PAGE, limit - found.size() + 1));
      for (Contents object : page.contents()) {
        last = object.objectName();
        if (!last.startsWith(".") && found.size() < limit) {
          found.add(
              new ObjectInfo(
                  new ObjectKey(last), object.size(), object.lastModified().toInstant()));
        }
      }
      if (!page.isTruncated() || page.contents().isEmpty()) {
        break;
      }
    }
    return found;
  }

  @Override
  public Set<ObjectKey> delete(Collection<ObjectKey> keys) {
    Set<ObjectKey> left = new HashSet<>();
    List<DeleteRequest.Object> all =
        keys.stream().map(key -> new DeleteRequest.Object(key.value())).toList();
    for (int from = 0; from < all.size(); from += PAGE) {
      List<DeleteRequest.Object> batch = all.subList(from, Math.min(all.size(), from + PAGE));
      DeleteResult result =
          await(
                  "deleting objects",
                  client.deleteObjects(
                      DeleteObjectsArgs.builder()
                          .bucket(config.bucket())
                          .objects(batch)
                          .quiet(true)
                          .build()))
              .result();
      for (DeleteResult.Error error : result.errors()) {
        if (!S3Errors.NO_SUCH_KEY.equals(error.code())) {
          left.add(new ObjectKey(error.objectName()));
        }
      }
    }
    return left;
  }

  @Override
  public Optional<URI> presignedGet(ObjectKey key, Duration expiry) {
    try {
      return Optional.of(
          URI.create(
              client.getPresignedObjectUrl(
                  GetPresignedObjectUrlArgs.builder()
                      .method(Http.Method.GET)
                      .bucket(config.bucket())
                      .object(key.value())
                      .expiry(Math.toIntExact(expiry.toSeconds()))
                      .build())));
    } catch (MinioException e) {
      throw S3Errors.map("signing an address of " + key, e);
    }
  }

  @Override
  public Optional<Capacity> capacity() {
    return Optional.empty();
  }

  @Override
  public void close() {
    client.close();
    http.dispatcher().cancelAll();
  }

  private ListBucketResultV2 listPage(String prefix, String after, int limit) {
    return inBucket(
            "listing bucket " + config.bucket(),
            () ->
                client.listObjectsV2(
                    ListObjectsV2Args.builder()
                        .bucket(config.bucket())
                        .prefix(prefix)
                        .startAfter(after.isEmpty() ? null : after)
                        .maxKeys(limit)
                        .build()))
        .result();
  }

  /** Makes a request; if the bucket is missing and may be made, makes it and tries once more. */
  private <T> T inBucket(String doing, Supplier<CompletableFuture<T>> request) {
    try {
      return await(doing, request.get());
    } catch (VmsException e) {
      Throwable cause = e.getCause();
      if (!config.createBucket()
          || cause == null
          || !S3Errors.NO_SUCH_BUCKET.equals(S3Errors.code(cause))) {
        throw e;
      }
    }
    createBucket();
    return await(doing, request.get());
  }

  private void createBucket() {
    try {
      await(
          "making bucket " + config.bucket(),
          client.createBucket(CreateBucketArgs.builder().bucket(config.bucket()).build()));
    } catch (VmsException e) {
      Throwable cause = e.getCause();
      String code = cause == null ? null : S3Errors.code(cause);
      if (!"BucketAlreadyOwnedByYou".equals(code)) { // another thread was faster
        throw e;
      }
    }
  }

  private static <T> T await(String doing, CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException | InterruptedException e) {
      throw S3Errors.map(doing, e);
    }
  }

  private static VmsException notInObject(ObjectKey key, long offset, long length) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, "not a range of the object " + key)
        .with("offset", offset)
        .with("length", length);
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      return; // the connection is given up anyway
    }
  }
}
