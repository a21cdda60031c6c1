package kg.sakchy.storage.catalogue;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The cameras in PostgreSQL. Times keep microseconds. */
final class PostgresCameraDirectory implements CameraDirectory {
  private static final String INSERT =
      """
      insert into cameras (id, name, main_uri, main_user, main_sealed, main_transport,
        sub_uri, sub_user, sub_sealed, sub_transport, recording, recording_since_us,
        retention_days, created_us, version)
      values (:id, :name, :main_uri, :main_user, :main_sealed, :main_transport,
        :sub_uri, :sub_user, :sub_sealed, :sub_transport, :recording, :recording_since_us,
        :retention_days, :created_us, 1)
      on conflict do nothing
      """;

  private static final String UPDATE =
      """
      update cameras set name = :name, main_uri = :main_uri, main_user = :main_user,
        main_sealed = :main_sealed, main_password = null, main_transport = :main_transport, sub_uri = :sub_uri,
        sub_user = :sub_user, sub_sealed = :sub_sealed, sub_password = null, sub_transport = :sub_transport,
        recording = :recording, recording_since_us = :recording_since_us,
        retention_days = :retention_days, created_us = :created_us, version = version + 1
      where id = :id and version = :version
      """;

  private final Database database;
  private final CameraSecrets secrets;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  PostgresCameraDirectory(Database database, CameraSecrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  @Override
  public void create(Camera camera) {
    database.call("adding camera " + camera.id(), handle -> insert(handle, camera));
    tellCreated(camera);
  }

  /**
   * Adds a camera as a part of somebody's transaction, who calls {@link #tellCreated} as well.
   * Fails with CONFLICT when the id is taken; the transaction can go on.
   *
   * @return 1, the rows added
   */
  int insert(Handle handle, Camera camera) {
    int rows = bind(handle.createUpdate(INSERT), camera).execute();
    if (rows == 0) {
      throw new VmsException(ErrorKind.CONFLICT, "a camera has this id: " + camera.id());
    }
    return rows;
  }

  /** Tells listeners of a camera that was added by {@link #insert}, once it is committed. */
  void tellCreated(Camera camera) {
    tell(camera.id(), stored(camera, 1));
  }

  @Override
  public Optional<Camera> find(CameraId id) {
    return database.call(
        "looking for camera " + id,
        handle ->
            handle
                .select("select * from cameras where id = ?", id.value())
                .map((row, context) -> read(row))
                .findOne());
  }

  @Override
  public List<Camera> list(@Nullable CameraId after, int limit) {
    return database.call(
        "listing cameras",
        handle ->
            handle
                .select(
                    "select * from cameras where id > ? order by id limit ?",
                    after == null ? "" : after.value(),
                    limit)
                .map((row, context) -> read(row))
                .list());
  }

  @Override
  public List<Camera> find(Collection<CameraId> ids) {
    List<String> names = ids.stream().map(CameraId::value).toList();
    return database.call(
        "looking for cameras",
        handle ->
            handle
                .createQuery("select * from cameras where id = any(:ids) order by id")
                .bindArray("ids", String.class, names)
                .map((row, context) -> read(row))
                .list());
  }

  @Override
  public Camera change(Camera camera) {
    int rows =
        database.call(
            "changing camera " + camera.id(),
            handle ->
                bind(handle.createUpdate(UPDATE), camera)
                    .bind("version", camera.version())
                    .execute());
    if (rows == 0) {
      throw find(camera.id()).isPresent()
          ? new VmsException(ErrorKind.CONFLICT, "somebody else changed the camera: " + camera.id())
          : new VmsException(ErrorKind.NOT_FOUND, "no such camera: " + camera.id());
    }
    Camera changed = stored(camera, camera.version() + 1);
    tell(camera.id(), changed);
    return changed;
  }

  @Override
  public boolean delete(CameraId id) {
    int rows =
        database.call(
            "deleting camera " + id,
            handle -> handle.execute("delete from cameras where id = ?", id.value()));
    if (rows > 0) {
      tell(id, null);
    }
    return rows > 0;
  }

  @Override
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  private void tell(CameraId id, @Nullable Camera camera) {
    database.afterCommit(() -> listeners.forEach(listener -> listener.changed(id, camera)));
  }

  private <T extends SqlStatement<T>> T bind(T statement, Camera camera) {
    bindSource(statement, "main_", camera.id(), camera.main());
    bindSource(statement, "sub_", camera.id(), camera.sub());
    return statement
        .bind("id", camera.id().value())
        .bind("name", camera.name())
        .bind("recording", camera.recording())
        .bindByType("recording_since_us", Micros.ofNullable(camera.recordingSince()), Long.class)
        .bindByType("retention_days", camera.retentionDays(), Integer.class)
        .bind("created_us", Micros.of(camera.createdAt()));
  }

  private <T extends SqlStatement<T>> void bindSource(
      T statement, String prefix, CameraId camera, @Nullable StreamSource source) {
    secrets.bind(statement, prefix, camera, source == null ? null : source.credentials());
    statement
        .bindByType(prefix + "uri", source == null ? null : source.uri().toString(), String.class)
        .bindByType(
            prefix + "transport", source == null ? null : source.transport().name(), String.class);
  }

  private Camera read(ResultSet row) throws SQLException {
    CameraId id = new CameraId(row.getString("id"));
    StreamSource main = source(row, "main_", id);
    if (main == null) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a camera without a source");
    }
    return new Camera(
        id,
        row.getString("name"),
        main,
        source(row, "sub_", id),
        row.getBoolean("recording"),
        row.getObject("retention_days", Integer.class),
        Micros.instant(row.getLong("created_us")),
        Micros.instantOrNull(row.getObject("recording_since_us", Long.class)),
        row.getLong("version"));
  }

  private @Nullable StreamSource source(ResultSet row, String prefix, CameraId camera)
      throws SQLException {
    String uri = row.getString(prefix + "uri");
    if (uri == null) {
      return null;
    }
    return new StreamSource(
        URI.create(uri),
        secrets.read(row, prefix, camera),
        Transport.valueOf(row.getString(prefix + "transport")));
  }

  /** As it reads back: the version counted, times cut to microseconds. */
  private static Camera stored(Camera camera, long version) {
    return new Camera(
        camera.id(),
        camera.name(),
        camera.main(),
        camera.sub(),
        camera.recording(),
        camera.retentionDays(),
        Micros.instant(Micros.of(camera.createdAt())),
        Micros.instantOrNull(Micros.ofNullable(camera.recordingSince())),
        version);
  }
}
