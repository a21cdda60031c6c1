package kg.sakchy.storage.object.s3;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/** What the errors of S3, of the MinIO client and of the network mean to a caller of the store. */
final class S3Errors {
  static final String NO_SUCH_BUCKET = "NoSuchBucket";
  static final String NO_SUCH_KEY = "NoSuchKey";

  private S3Errors() {}

  /**
   * @param doing what failed, as it stands in a sentence: "storing v1/a/b"
   */
  static VmsException map(String doing, Throwable error) {
    Throwable cause = unwrap(error);
    return switch (cause) {
      case VmsException vms -> vms;
      case ErrorResponseException answer -> ofCode(doing, answer);
      case ServerException answer ->
          failure(
              ErrorKind.UNAVAILABLE,
              doing,
              "the object store answered with HTTP status " + answer.statusCode(),
              answer);
      case InvalidResponseException answer ->
          failure(
              ErrorKind.UNAVAILABLE, doing, "the answer is not one of an S3 object store", answer);
      case MinioException client ->
          failure(ErrorKind.INTERNAL, doing, String.valueOf(client.getMessage()), client);
      case IOException io -> ofNetwork(doing, io);
      case InterruptedException interrupted -> {
        Thread.currentThread().interrupt();
        yield failure(ErrorKind.CANCELLED, doing, "interrupted", interrupted);
      }
      default -> failure(ErrorKind.INTERNAL, doing, cause.toString(), cause);
    };
  }

  /** The store's own error code, or null when the error did not come from it. */
  static @Nullable String code(Throwable error) {
    return unwrap(error) instanceof ErrorResponseException answer
        ? answer.errorResponse().code()
        : null;
  }

  private static VmsException ofCode(String doing, ErrorResponseException answer) {
    String code = answer.errorResponse().code();
    int status = answer.response().code();
    ErrorKind kind =
        switch (code) {
          case NO_SUCH_KEY -> ErrorKind.NOT_FOUND;
          case NO_SUCH_BUCKET -> ErrorKind.FAILED_PRECONDITION;
          case "InvalidAccessKeyId",
              "SignatureDoesNotMatch",
              "InvalidTokenId",
              "ExpiredToken",
              "AuthorizationHeaderMalformed" ->
              ErrorKind.UNAUTHENTICATED;
          case "AccessDenied", "AllAccessDisabled", "AccountProblem" -> ErrorKind.PERMISSION_DENIED;
          case "RequestTimeTooSkewed" -> ErrorKind.FAILED_PRECONDITION;
          case "InvalidRange" -> ErrorKind.INVALID_ARGUMENT;
          case "BadDigest",
              "InvalidDigest",
              "XAmzContentSHA256Mismatch",
              "XAmzContentChecksumMismatch",
              "IncompleteBody" ->
              ErrorKind.DATA_LOSS;
          case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded" ->
              ErrorKind.RESOURCE_EXHAUSTED;
          case "RequestTimeout" -> ErrorKind.TIMEOUT;
          default -> ofStatus(status);
        };
    String words =
        switch (code) {
          case NO_SUCH_BUCKET -> "the bucket does not exist";
          case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
              "the object store refused the access key or the secret key";
          case "RequestTimeTooSkewed" -> "the clocks of server and object store differ too much";
          default -> "the object store said " + code;
        };
    return failure(kind, doing, words, answer).with("code", code).with("status", status);
  }

  private static ErrorKind ofStatus(int status) {
    return switch (status) {
      case 401 -> ErrorKind.UNAUTHENTICATED;
      case 403 -> ErrorKind.PERMISSION_DENIED;
      case 404 -> ErrorKind.NOT_FOUND;
      case 408 -> ErrorKind.TIMEOUT;
      case 409 -> ErrorKind.CONFLICT;
      case 507 -> ErrorKind.RESOURCE_EXHAUSTED;
      default -> status == 429 || status >= 500 ? ErrorKind.UNAVAILABLE : ErrorKind.INTERNAL;
    };
  }

  private static VmsException ofNetwork(String doing, IOException error) {
    return switch (error) {
      case InterruptedIOException late ->
          failure(ErrorKind.TIMEOUT, doing, "the object store did not answer in time", late);
      case ConnectException refused ->
          failure(ErrorKind.UNAVAILABLE, doing, "the object store refuses connections", refused);
      case UnknownHostException unknown ->
          failure(
              ErrorKind.UNAVAILABLE,
              doing,
              "the object store's host name is not known: " + unknown.getMessage(),
              unknown);
      case SSLException tls ->
          failure(
              ErrorKind.UNAVAILABLE,
              doing,
              "no trusted TLS connection to the object store: " + tls.getMessage(),
              tls);
      default ->
          failure(
              ErrorKind.UNAVAILABLE,
              doing,
              "the connection to the object store broke: " + error.getMessage(),
              error);
    };
  }

  private static VmsException failure(ErrorKind kind, String doing, String why, Throwable cause) {
    return new VmsException(kind, doing + " failed: " + why, cause);
  }

  private static Throwable unwrap(Throwable error) {
    Throwable cause = error;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
