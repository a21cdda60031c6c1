package kg.sakchy.storage.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.storage.secret.SecretBox;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the secrets that stand in the database already: those that an older server wrote in clear,
 * and, when keys change, all of them again.
 *
 * <p>Threads: used by one thread at a time.
 */
final class SecretSealing {
  private static final Logger LOG = LoggerFactory.getLogger(SecretSealing.class);

  /** Table, key, and prefix of the columns of each login. */
  private static final List<Login> LOGINS =
      List.of(
          new Login("cameras", "id", "main_"),
          new Login("cameras", "id", "sub_"),
          new Login("devices", "camera", "login_"));

  private final Database database;

  SecretSealing(Database database) {
    this.database = database;
  }

  /**
   * Seals what stands in clear, and has the database forget the clear text: what is replaced would
   * otherwise stay in its files until the space is used again.
   */
  void sealClear(CameraSecrets secrets) {
    int sealed =
        database.inTransaction(
            "sealing passwords",
            handle -> LOGINS.stream().mapToInt(login -> login.sealClear(handle, secrets)).sum());
    if (sealed > 0) {
      LOG.atInfo().log("{} passwords of cameras were encrypted", sealed);
      database.call("forgetting passwords", handle -> handle.execute("vacuum full cameras"));
      database.call("forgetting passwords", handle -> handle.execute("vacuum full devices"));
    }
  }

  /**
   * Opens every secret and seals it again, all or none.
   *
   * @param box opens what it and older keys sealed; seals with the newest
   * @return how many
   * @throws kg.sakchy.core.error.VmsException DATA_LOSS when one cannot be opened
   */
  int sealAgain(SecretBox box) {
    return database.inTransaction(
        "sealing secrets again",
        handle ->
            LOGINS.stream().mapToInt(login -> login.sealAgain(handle, box)).sum()
                + factorsAgain(handle, box));
  }

  private static int factorsAgain(Handle handle, SecretBox box) {
    Map<String, byte[]> sealed =
        rows(handle, "select account, totp_sealed from credentials where totp_sealed is not null");
    sealed.forEach(
        (account, old) -> {
          String words = PostgresCredentialStore.words(new AccountId(account));
          handle.execute(
              "update credentials set totp_sealed = ? where account = ?",
              box.seal(box.open(old, words), words),
              account);
        });
    return sealed.size();
  }

  /** First column by second, locked until the transaction ends. */
  private static Map<String, byte[]> rows(Handle handle, String sql) {
    return handle
        .select(sql + " for update")
        .reduceRows(
            new TreeMap<String, byte[]>(),
            (rows, row) -> {
              rows.put(row.getColumn(1, String.class), row.getColumn(2, byte[].class));
              return rows;
            });
  }

  /** A login of a camera in the database. */
  private record Login(String table, String key, String prefix) {
    int sealClear(Handle handle, CameraSecrets secrets) {
      Map<String, byte[]> clear =
          rows(
              handle,
              "select %s, convert_to(%spassword, 'UTF8') from %s where %spassword is not null"
                  .formatted(key, prefix, table, prefix));
      clear.forEach(
          (camera, password) ->
              put(
                  handle,
                  camera,
                  secrets.seal(
                      new CameraId(camera), new String(password, StandardCharsets.UTF_8))));
      return clear.size();
    }

    int sealAgain(Handle handle, SecretBox box) {
      Map<String, byte[]> sealed =
          rows(
              handle,
              "select %s, %ssealed from %s where %ssealed is not null"
                  .formatted(key, prefix, table, prefix));
      sealed.forEach(
          (camera, old) -> {
            String words = CameraSecrets.words(new CameraId(camera));
            put(handle, camera, box.seal(box.open(old, words), words));
          });
      return sealed.size();
    }

    private void put(Handle handle, String camera, byte[] sealed) {
      handle.execute(
          "update %s set %ssealed = ?, %spassword = null where %s = ?"
              .formatted(table, prefix, prefix, key),
          sealed,
          camera);
    }
  }
}
