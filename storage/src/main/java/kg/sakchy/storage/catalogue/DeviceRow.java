package kg.sakchy.storage.catalogue;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A row of the table of devices. Threads: stateless. */
final class DeviceRow {
  static final String PUT =
      """
      insert into devices (camera, service, login_user, login_password, keep_host, endpoint, make,
        model, firmware, serial, hardware, main_profile, sub_profile, features)
      values (:camera, :service, :login_user, :login_password, :keep_host, :endpoint, :make,
        :model, :firmware, :serial, :hardware, :main_profile, :sub_profile, :features)
      on conflict (camera) do update set
        service = excluded.service, login_user = excluded.login_user,
        login_password = excluded.login_password, keep_host = excluded.keep_host,
        endpoint = excluded.endpoint, make = excluded.make, model = excluded.model,
        firmware = excluded.firmware, serial = excluded.serial, hardware = excluded.hardware,
        main_profile = excluded.main_profile, sub_profile = excluded.sub_profile,
        features = excluded.features
      """;

  private DeviceRow() {}

  /** Binds what {@link #PUT} needs. */
  static <T extends SqlStatement<T>> T bind(T statement, CameraDevice device) {
    DeviceIdentity identity = device.identity();
    Credentials login = device.address().credentials();
    return statement
        .bind("camera", device.camera().value())
        .bind("service", device.address().service().toString())
        .bindByType("login_user", login == null ? null : login.user(), String.class)
        .bindByType("login_password", login == null ? null : login.password(), String.class)
        .bind("keep_host", device.address().keepHost())
        .bind("endpoint", identity.endpoint())
        .bind("make", identity.make())
        .bind("model", identity.model())
        .bind("firmware", identity.firmware())
        .bind("serial", identity.serial())
        .bind("hardware", identity.hardware())
        .bind("main_profile", device.mainProfile())
        .bindByType("sub_profile", device.subProfile(), String.class)
        .bindArray(
            "features",
            String.class,
            device.features().stream().sorted().map(DeviceRow::code).toList());
  }

  static CameraDevice read(ResultSet row, StatementContext context) throws SQLException {
    return new CameraDevice(
        new CameraId(row.getString("camera")),
        new DeviceAddress(
            URI.create(row.getString("service")), login(row), row.getBoolean("keep_host")),
        new DeviceIdentity(
            row.getString("endpoint"),
            row.getString("make"),
            row.getString("model"),
            row.getString("firmware"),
            row.getString("serial"),
            row.getString("hardware")),
        row.getString("main_profile"),
        row.getString("sub_profile"),
        features((String[]) row.getArray("features").getArray()));
  }

  private static @Nullable Credentials login(ResultSet row) throws SQLException {
    String user = row.getString("login_user");
    return user == null ? null : new Credentials(user, row.getString("login_password"));
  }

  private static Set<DeviceFeature> features(String[] codes) {
    Set<DeviceFeature> features = EnumSet.noneOf(DeviceFeature.class);
    for (String code : codes) {
      features.add(DeviceFeature.valueOf(code.toUpperCase(Locale.ROOT)));
    }
    return features;
  }

  private static String code(DeviceFeature feature) {
    return feature.name().toLowerCase(Locale.ROOT);
  }
}
