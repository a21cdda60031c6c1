package kg.sakchy.storage.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.SearchText;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.core.organisation.UnitPath;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tree of units in PostgreSQL, with the way to each unit in its row. Who makes a unit keeps
 * others from moving units until it is committed, because a path is copied from the row above.
 */
final class PostgresOrganisation implements Organisation {
  /** Locks of the transaction (advisory): shared by who makes units, alone by who moves one. */
  private static final long TREE = 0x73616b636879_01L;

  /** The units of a part of the tree: in the order of bytes 0 comes right after the slash. */
  private static final String WITHIN =
      " path >= (select path from units where id = :within)"
          + " and path < (select rtrim(path, '/') || '0' from units where id = :within) ";

  static final String SEARCH =
      "select * from units where search_pieces @> :pieces and strpos(search_text, :text) > 0 and"
          + WITHIN
          + "and id > :after order by id limit :limit";

  static final String CAMERAS =
      "select camera from camera_units join units on units.id = unit where camera > :after and"
          + WITHIN
          + "order by camera limit :limit";

  private static final String ALL_CAMERAS =
      "select id from cameras where id > :after order by id limit :limit";

  private static final String INSERT =
      """
      insert into units (id, parent, path, kind, name, name_key, site_class, address,
        geographic_code, cadastre_id, officer, search_text, search_pieces, version)
      values (:id, :parent, :path, :kind, :name, :name_key, :site_class, :address,
        :geographic_code, :cadastre_id, :officer, :search_text, :search_pieces, 1)
      """;

  private static final String UPDATE =
      """
      update units set name = :name, name_key = :name_key, site_class = :site_class,
        address = :address, geographic_code = :geographic_code, cadastre_id = :cadastre_id,
        officer = :officer, search_text = :search_text, search_pieces = :search_pieces,
        version = version + 1
      where id = :id and version = :version and kind = :kind
      """;

  private static final String MOVE =
      """
      update units set path = :now || substr(path, length(:before) + 1),
        parent = case when id = :id then :parent else parent end,
        version = case when id = :id then version + 1 else version end
      where path like :before || '%'
      """;

  private final Database database;
  private final AccessKeeper keeper;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param keeper hears of every committed change
   */
  PostgresOrganisation(Database database, AccessKeeper keeper) {
    this.database = database;
    this.keeper = keeper;
  }

  @Override
  public Optional<Unit> find(UnitId id) {
    return database.call("looking for unit " + id, handle -> find(handle, id, ""));
  }

  @Override
  public List<Unit> below(UnitId parent, @Nullable UnitId after, int limit) {
    return database.call(
        "listing units",
        handle ->
            handle
                .select(
                    "select * from units where parent = ? and id > ? order by id limit ?",
                    parent.value(),
                    number(after),
                    limit)
                .map(UnitRow::read)
                .list());
  }

  @Override
  public List<Unit> search(String text, UnitId within, @Nullable UnitId after, int limit) {
    String wanted = SearchText.wanted(text);
    return database.call(
        "searching units",
        handle ->
            handle
                .createQuery(SEARCH)
                .bind("text", wanted)
                .bindArray("pieces", String.class, UnitRow.pieces(wanted))
                .bind("within", within.value())
                .bind("after", number(after))
                .bind("limit", limit)
                .map(UnitRow::read)
                .list());
  }

  @Override
  public Unit create(UnitId parent, Draft draft) {
    Unit created =
        database.inTransaction(
            "making a unit",
            handle -> {
              handle.execute("select pg_advisory_xact_lock_shared(?)", TREE);
              Unit above = require(handle, parent, " for key share");
              requireOrder(draft.kind(), above);
              UnitId id =
                  handle
                      .select("select nextval(pg_get_serial_sequence('units', 'id'))")
                      .mapTo(Long.class)
                      .map(UnitId::new)
                      .one();
              UnitRow.bind(handle.createUpdate(INSERT), draft)
                  .bind("id", id.value())
                  .bind("parent", parent.value())
                  .bind("path", UnitRow.text(above.path().to(id)))
                  .execute();
              return require(handle, id, "");
            });
    changed(() -> keeper.unitChanged(created.id()));
    return created;
  }

  @Override
  public Unit change(UnitId id, long version, Draft draft) {
    Unit changed =
        database.inTransaction(
            "changing unit " + id,
            handle -> {
              Unit old = require(handle, id, " for no key update");
              if (old.version() != version) {
                throw new VmsException(ErrorKind.CONFLICT, "somebody else changed the unit: " + id);
              }
              if (old.kind() != draft.kind()) {
                throw new VmsException(ErrorKind.FAILED_PRECONDITION, "a unit keeps its kind");
              }
              UnitRow.bind(handle.createUpdate(UPDATE), draft)
                  .bind("id", id.value())
                  .bind("version", version)
                  .execute();
              return require(handle, id, "");
            });
    changed(() -> keeper.unitChanged(id));
    return changed;
  }

  @Override
  public Unit move(UnitId id, UnitId parent) {
    Unit moved =
        database.inTransaction(
            "moving unit " + id,
            handle -> {
              handle.execute("select pg_advisory_xact_lock(?)", TREE);
              Unit old = require(handle, id, " for no key update");
              Unit above = require(handle, parent, " for key share");
              if (id.equals(UnitId.ROOT) || above.path().isWithin(id)) {
                throw new VmsException(
                    ErrorKind.FAILED_PRECONDITION, "a unit cannot be put below itself: " + id);
              }
              requireOrder(old.kind(), above);
              handle
                  .createUpdate(MOVE)
                  .bind("now", UnitRow.text(above.path().to(id)))
                  .bind("before", UnitRow.text(old.path()))
                  .bind("id", id.value())
                  .bind("parent", parent.value())
                  .execute();
              return require(handle, id, "");
            });
    changed(keeper::unitsMoved);
    return moved;
  }

  @Override
  public void delete(UnitId id) {
    database.inTransaction(
        "deleting unit " + id,
        handle -> {
          require(handle, id, " for update");
          if (id.equals(UnitId.ROOT) || isUsed(handle, id)) {
            throw new VmsException(
                ErrorKind.FAILED_PRECONDITION,
                "a unit can be deleted when no units, cameras and rights are there: " + id);
          }
          return handle.execute("delete from units where id = ?", id.value());
        });
    changed(() -> keeper.unitChanged(id));
  }

  @Override
  public UnitPath pathOf(CameraId camera) {
    return database.call(
        "looking where camera " + camera + " belongs",
        handle ->
            handle
                .select(
                    "select path from camera_units join units on units.id = unit where camera = ?",
                    camera.value())
                .mapTo(String.class)
                .findOne()
                .map(UnitRow::path)
                .orElse(UnitPath.TOP));
  }

  @Override
  public void assign(CameraId camera, UnitId unit) {
    database.inTransaction(
        "assigning camera " + camera,
        handle -> {
          PostgresCameraRegistry.requireCamera(handle, camera);
          require(handle, unit, " for key share");
          return handle.execute(
              "insert into camera_units values (?, ?)"
                  + " on conflict (camera) do update set unit = excluded.unit",
              camera.value(),
              unit.value());
        });
    changed(() -> keeper.cameraChanged(camera));
  }

  @Override
  public List<CameraId> cameras(UnitId within, @Nullable CameraId after, int limit) {
    String from = after == null ? "" : after.value();
    return database.call(
        "listing cameras of unit " + within,
        handle ->
            (within.equals(UnitId.ROOT)
                    ? handle.createQuery(ALL_CAMERAS)
                    : handle.createQuery(CAMERAS).bind("within", within.value()))
                .bind("after", from)
                .bind("limit", limit)
                .mapTo(String.class)
                .map(CameraId::new)
                .list());
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** First the policy knows, then everybody hears of it. */
  private void changed(Runnable tellKeeper) {
    database.afterCommit(
        () -> {
          tellKeeper.run();
          listeners.forEach(Runnable::run);
        });
  }

  static Unit require(Handle handle, UnitId id, String lock) {
    return find(handle, id, lock)
        .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "no such unit: " + id));
  }

  private static Optional<Unit> find(Handle handle, UnitId id, String lock) {
    return handle
        .select("select * from units where id = ?" + lock, id.value())
        .map(UnitRow::read)
        .findOne();
  }

  private static boolean isUsed(Handle handle, UnitId id) {
    return handle
        .createQuery(
            """
            select exists (select 1 from units where parent = :id)
              or exists (select 1 from camera_units where unit = :id)
              or exists (select 1 from role_assignments where unit = :id)
            """)
        .bind("id", id.value())
        .mapTo(Boolean.class)
        .one();
  }

  private static void requireOrder(UnitKind kind, Unit above) {
    if (!kind.canStandBelow(above.kind())) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "a " + kind.code() + " cannot stand below a " + above.kind().code());
    }
  }

  private static long number(@Nullable UnitId after) {
    return after == null ? 0 : after.value();
  }
}
