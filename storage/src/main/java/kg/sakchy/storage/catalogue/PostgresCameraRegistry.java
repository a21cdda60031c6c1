package kg.sakchy.storage.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * ONVIF sides and placements in PostgreSQL, beside the cameras of a {@link
 * PostgresCameraDirectory}. That a device is registered once is kept by indexes, so it holds for
 * all servers of a database.
 */
final class PostgresCameraRegistry implements CameraRegistry {
  private static final String TWIN =
      """
      select name, id from devices join cameras on id = camera
      where camera <> :camera
        and ((endpoint = :endpoint and :endpoint <> '')
          or (serial = :serial and make = :make and :serial <> ''))
      order by endpoint <> :endpoint limit 1
      """;

  private final Database database;
  private final PostgresCameraDirectory cameras;
  private final CameraSecrets secrets;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  PostgresCameraRegistry(
      Database database, PostgresCameraDirectory cameras, CameraSecrets secrets) {
    this.database = database;
    this.secrets = secrets;
    this.cameras = cameras;
    cameras.onChange(
        (id, camera) -> {
          if (camera == null) {
            tell(id, null);
          }
        });
  }

  @Override
  public void register(
      Camera camera, @Nullable CameraDevice device, @Nullable Placement placement) {
    try {
      database.inTransaction(
          "registering camera " + camera.id(),
          handle -> {
            int rows = cameras.insert(handle, camera);
            if (device != null) {
              rows += put(handle, device);
            }
            if (placement != null) {
              rows += put(handle, camera.id(), placement);
            }
            return rows;
          });
    } catch (VmsException e) {
      throw device == null ? e : named(e, device);
    }
    cameras.tellCreated(camera);
    if (device != null) {
      tell(camera.id(), device);
    }
  }

  @Override
  public void putDevice(CameraDevice device) {
    try {
      database.inTransaction(
          "changing the device of camera " + device.camera(),
          handle -> {
            requireCamera(handle, device.camera());
            return put(handle, device);
          });
    } catch (VmsException e) {
      throw named(e, device);
    }
    tell(device.camera(), device);
  }

  @Override
  public void putPlacement(CameraId camera, Placement placement) {
    database.inTransaction(
        "changing the placement of camera " + camera,
        handle -> {
          requireCamera(handle, camera);
          return put(handle, camera, placement);
        });
  }

  @Override
  public Optional<CameraDevice> device(CameraId camera) {
    return find("select * from devices where camera = ?", camera.value());
  }

  @Override
  public Optional<CameraDevice> deviceByEndpoint(String endpoint) {
    return find("select * from devices where endpoint = ? and endpoint <> ''", endpoint);
  }

  @Override
  public Optional<CameraDevice> deviceBySerial(String make, String serial) {
    return find(
        "select * from devices where make = ? and serial = ? and serial <> ''", make, serial);
  }

  @Override
  public Optional<Placement> placement(CameraId camera) {
    return database.call(
        "looking where camera " + camera + " stands",
        handle ->
            handle
                .select("select * from placements where camera = ?", camera.value())
                .map(PlacementRow::read)
                .findOne());
  }

  @Override
  public List<CameraDevice> devices(@Nullable CameraId after, int limit) {
    return database.call(
        "listing devices",
        handle ->
            handle
                .select(
                    "select * from devices where camera > ? order by camera limit ?",
                    after == null ? "" : after.value(),
                    limit)
                .map((row, context) -> DeviceRow.read(row, secrets))
                .list());
  }

  @Override
  public void onDeviceChange(Listener listener) {
    listeners.add(listener);
  }

  private Optional<CameraDevice> find(String sql, Object... values) {
    return database.call(
        "looking for a device",
        handle ->
            handle
                .select(sql, values)
                .map((row, context) -> DeviceRow.read(row, secrets))
                .findOne());
  }

  private int put(Handle handle, CameraDevice device) {
    return DeviceRow.bind(handle.createUpdate(DeviceRow.PUT), device, secrets).execute();
  }

  private static int put(Handle handle, CameraId camera, Placement placement) {
    return PlacementRow.bind(handle.createUpdate(PlacementRow.PUT), camera, placement).execute();
  }

  /** Keeps the camera from being deleted until the transaction ends. */
  static void requireCamera(Handle handle, CameraId camera) {
    if (handle
        .select("select id from cameras where id = ? for key share", camera.value())
        .mapTo(String.class)
        .findOne()
        .isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such camera: " + camera);
    }
  }

  /** A conflict with the name of the camera that has the device, if there is one. */
  private VmsException named(VmsException error, CameraDevice device) {
    if (error.kind() != ErrorKind.CONFLICT) {
      return error;
    }
    return database
        .call(
            "looking for the camera of a device",
            handle ->
                handle
                    .createQuery(TWIN)
                    .bind("camera", device.camera().value())
                    .bind("endpoint", device.identity().endpoint())
                    .bind("serial", device.identity().serial())
                    .bind("make", device.identity().make())
                    .map((row, context) -> row.getString("name") + " (" + row.getString("id") + ")")
                    .findOne())
        .map(
            twin ->
                new VmsException(
                    ErrorKind.CONFLICT, "this camera is registered already: " + twin, error))
        .orElse(error);
  }

  private void tell(CameraId camera, @Nullable CameraDevice device) {
    database.afterCommit(() -> listeners.forEach(listener -> listener.changed(camera, device)));
  }
}
