package kg.sakchy.storage.catalogue;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;
import org.jdbi.v3.core.statement.SqlStatement;

/** A row of the table of devices. Threads: stateless. */
final class DeviceRow {
  static final String PUT =
      """
      insert into devices (camera, service, login_user, login_sealed, keep_host, endpoint, make,
        model, firmware, serial, hardware, main_profile, sub_profile, features)
      values (:camera, :service, :login_user, :login_sealed, :keep_host, :endpoint, :make,
        :model, :firmware, :serial, :hardware, :main_profile, :sub_profile, :features)
      on conflict (camera) do update set
        service = excluded.service, login_user = excluded.login_user,
        login_sealed = excluded.login_sealed, login_password = null, keep_host = excluded.keep_host,
        endpoint = excluded.endpoint, make = excluded.make, model = excluded.model,
        firmware = excluded.firmware, serial = excluded.serial, hardware = excluded.hardware,
        main_profile = excluded.main_profile, sub_profile = excluded.sub_profile,
        features = excluded.features
      """;

  private DeviceRow() {}

  /** Binds what {@link #PUT} needs. */
  static <T extends SqlStatement<T>> T bind(
      T statement, CameraDevice device, CameraSecrets secrets) {
    DeviceIdentity identity = device.identity();
    secrets.bind(statement, "login_", device.camera(), device.address().credentials());
    return statement
        .bind("camera", device.camera().value())
        .bind("service", device.address().service().toString())
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

  static CameraDevice read(ResultSet row, CameraSecrets secrets) throws SQLException {
    CameraId camera = new CameraId(row.getString("camera"));
    return new CameraDevice(
        camera,
        new DeviceAddress(
            URI.create(row.getString("service")),
            secrets.read(row, "login_", camera),
            row.getBoolean("keep_host")),
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
