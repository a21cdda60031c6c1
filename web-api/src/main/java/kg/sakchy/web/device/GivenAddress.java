package kg.sakchy.web.device;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Objects;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Reads {@code address}, {@code user}, {@code password} and {@code keepHost} of a body. */
final class GivenAddress {
  private GivenAddress() {}

  /**
   * The address a body names.
   *
   * @param old the address known so far, or null: its credentials stay when the body names none and
   *     scheme, host and port are the same. Another host never gets them. An empty user means none.
   * @throws VmsException INVALID_ARGUMENT that names the field, and repeats no part of a password
   */
  static DeviceAddress of(JsonObject body, @Nullable DeviceAddress old) {
    boolean keepHost = body.getBoolean("keepHost", old != null && old.keepHost());
    DeviceAddress given;
    try {
      given = DeviceAddress.parse(body.getString("address"), stated(body), keepHost);
    } catch (VmsException e) {
      throw new VmsException(e.kind(), "address: " + e.getMessage(), e)
          .with(Problem.FIELD, "/address");
    }
    if (body.getString("user") != null) {
      return given;
    }
    if (body.getString("password") != null) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "user: a password needs a user")
          .with(Problem.FIELD, "/user");
    }
    return given.credentials() == null && old != null && samePeer(given.service(), old.service())
        ? new DeviceAddress(given.service(), old.credentials(), keepHost)
        : given;
  }

  private static @Nullable Credentials stated(JsonObject body) {
    String user = body.getString("user");
    return user == null || user.isEmpty()
        ? null
        : new Credentials(user, body.getString("password", ""));
  }

  private static boolean samePeer(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && Objects.requireNonNullElse(one.getHost(), "").equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }
}
