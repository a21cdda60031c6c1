package kg.sakchy.storage.catalogue;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.secret.SecretBox;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passwords of cameras as they are kept: each sealed with the id of its camera. Three columns
 * of a row are one login: {@code …user}, {@code …sealed}, and {@code …password}, which is of rows
 * that an older server wrote in clear.
 *
 * <p>A password that no key opens is empty, and an error in the log, once: the camera refuses it
 * and shows as broken, and every other camera goes on.
 *
 * <p>Threads: safe for use by many threads.
 */
final class CameraSecrets {
  private static final Logger LOG = LoggerFactory.getLogger(CameraSecrets.class);

  private final SecretBox box;
  private final Set<CameraId> unreadable = ConcurrentHashMap.newKeySet();

  CameraSecrets(SecretBox box) {
    this.box = box;
  }

  byte[] seal(CameraId camera, String password) {
    return box.seal(password.getBytes(StandardCharsets.UTF_8), words(camera));
  }

  String open(CameraId camera, byte[] sealed) {
    try {
      return new String(box.open(sealed, words(camera)), StandardCharsets.UTF_8);
    } catch (VmsException e) {
      if (unreadable.add(camera)) {
        LOG.atError().setCause(e).log("the password of camera {} cannot be read", camera);
      }
      return "";
    }
  }

  /** Binds {@code prefix + user} and {@code prefix + sealed}. */
  <T extends SqlStatement<T>> void bind(
      T statement, String prefix, CameraId camera, @Nullable Credentials login) {
    statement
        .bindByType(prefix + "user", login == null ? null : login.user(), String.class)
        .bindByType(
            prefix + "sealed", login == null ? null : seal(camera, login.password()), byte[].class);
  }

  @Nullable Credentials read(ResultSet row, String prefix, CameraId camera) throws SQLException {
    String user = row.getString(prefix + "user");
    if (user == null) {
      return null;
    }
    byte[] sealed = row.getBytes(prefix + "sealed");
    return new Credentials(
        user, sealed == null ? row.getString(prefix + "password") : open(camera, sealed));
  }

  /** What a password of the camera is sealed with. */
  static String words(CameraId camera) {
    return "camera " + camera;
  }
}
