package kg.sakchy.web.camera;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Makes cameras of what clients send; the contract has checked types and lengths before. */
final class CameraDraft {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private CameraDraft() {}

  /** A new camera; without an id it gets one, without a name that of its host. */
  static Camera create(JsonObject body, Instant now) {
    Transport transport = transport(body, Transport.TCP);
    StreamSource main = source("url", body.getString("url"), transport, null);
    String sub = body.getString("sub");
    boolean recording = body.getBoolean("recording", true);
    String id = body.getString("id");
    return new Camera(
        new CameraId(id == null ? randomId() : id),
        body.getString("name", main.uri().getHost()),
        main,
        sub == null ? null : source("sub", sub, transport, null),
        recording,
        body.getInteger("retentionDays"),
        now,
        recording ? now : null,
        1);
  }

  /** The camera with the changes of a merge patch (RFC 7396), based on {@code version}. */
  static Camera change(Camera old, JsonObject patch, long version, Instant now) {
    Transport transport = transport(patch, old.main().transport());
    boolean recording = patch.getBoolean("recording", old.recording());
    return new Camera(
        old.id(),
        patch.getString("name", old.name()),
        patch.containsKey("url")
            ? source("url", patch.getString("url"), transport, old.main())
            : with(old.main(), transport),
        sub(old.sub(), patch, transport),
        recording,
        patch.containsKey("retentionDays")
            ? patch.getInteger("retentionDays")
            : old.retentionDays(),
        old.createdAt(),
        recordingSince(old, recording, now),
        version);
  }

  private static @Nullable Instant recordingSince(Camera old, boolean recording, Instant now) {
    if (!recording) {
      return null;
    }
    return old.recordingSince() == null ? now : old.recordingSince();
  }

  private static @Nullable StreamSource sub(
      @Nullable StreamSource old, JsonObject patch, Transport transport) {
    if (!patch.containsKey("sub")) {
      return old == null ? null : with(old, transport);
    }
    String address = patch.getString("sub");
    return address == null ? null : source("sub", address, transport, old);
  }

  private static Transport transport(JsonObject body, Transport otherwise) {
    String code = body.getString("transport");
    return code == null ? otherwise : Transport.valueOf(code.toUpperCase(Locale.ROOT));
  }

  private static StreamSource with(StreamSource source, Transport transport) {
    return new StreamSource(source.uri(), source.credentials(), transport);
  }

  /**
   * Reads an address. A client that sends back what it was shown must lose nothing: hidden secrets
   * mean the old address, and an address without user keeps the old credentials while it leads to
   * the same host and port. Another host never gets them. An empty user ({@code rtsp://@host})
   * means none.
   */
  private static StreamSource source(
      String field, String address, Transport transport, @Nullable StreamSource old) {
    StreamSource given;
    try {
      given = StreamSource.parse(address, transport);
    } catch (VmsException e) {
      throw new VmsException(e.kind(), field + ": " + e.getMessage(), e)
          .with(Problem.FIELD, "/" + field);
    }
    boolean shown = old != null && ShownAddress.of(given).equals(ShownAddress.of(old));
    if (ShownAddress.isHidden(given.uri())) {
      if (!shown || old == null) {
        throw new VmsException(
                ErrorKind.INVALID_ARGUMENT, field + ": holds *** where a password belongs")
            .with(Problem.FIELD, "/" + field);
      }
      return new StreamSource(old.uri(), credentials(given, old), transport);
    }
    return new StreamSource(given.uri(), credentials(given, old), transport);
  }

  private static @Nullable Credentials credentials(StreamSource given, @Nullable StreamSource old) {
    Credentials stated = given.credentials();
    if (stated != null) {
      return stated.user().isEmpty() && stated.password().isEmpty() ? null : stated;
    }
    return old != null && samePeer(given.uri(), old.uri()) ? old.credentials() : null;
  }

  private static boolean samePeer(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && Objects.requireNonNull(one.getHost()).equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }

  private static String randomId() {
    StringBuilder id = new StringBuilder("cam-");
    for (int i = 0; i < 10; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
