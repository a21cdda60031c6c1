package kg.sakchy.core.organisation;

import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import org.jspecify.annotations.Nullable;

/**
 * The tree of units and the cameras of its sites. It holds tens of thousands of sites: it is read
 * by pages, never whole.
 *
 * <p>Threads: safe for use by many threads; calls block (database). Fails: {@link
 * kg.sakchy.core.error.VmsException} UNAVAILABLE when the database cannot be reached.
 */
public interface Organisation {
  Optional<Unit> find(UnitId id);

  /**
   * One page of the units right below a unit, in the order of their ids.
   *
   * @param after the last id of the page before, or null for the first page
   * @param limit at most this many, 1 to 1000
   */
  List<Unit> below(UnitId parent, @Nullable UnitId after, int limit);

  /**
   * One page of the units whose name, address, code or officer holds a text, letter case and the
   * form of letters (NFKC) aside, in the order of their ids. An empty text is held by all.
   *
   * @param text at most {@link SearchText#MAX_CHARS} characters
   * @param within only units of this part of the tree
   */
  List<Unit> search(String text, UnitId within, @Nullable UnitId after, int limit);

  /**
   * Makes a unit. Names are the same when {@link SearchText#fold} makes them the same.
   *
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND without the parent; FAILED_PRECONDITION
   *     when the kind cannot stand below the parent's; CONFLICT when a unit right below the parent
   *     has the name
   */
  Unit create(UnitId parent, Draft draft);

  /**
   * Changes what a unit is called and where it is.
   *
   * @param version that the change is based on
   * @throws kg.sakchy.core.error.VmsException NOT_FOUND, CONFLICT as in {@link #create} or when
   *     somebody changed it in between, FAILED_PRECONDITION for another kind
   */
  Unit change(UnitId id, long version, Draft draft);

  /**
   * Puts a unit with everything below it under another one.
   *
   * @throws kg.sakchy.core.error.VmsException as {@link #create}; FAILED_PRECONDITION when the
   *     parent is below it
   */
  Unit move(UnitId id, UnitId parent);

  /**
   * Removes an empty unit.
   *
   * @throws kg.sakchy.core.error.VmsException FAILED_PRECONDITION for the top, and while units,
   *     cameras or rights are there
   */
  void delete(UnitId id);

  /** The unit a camera belongs to; cameras that nobody assigned belong to {@link UnitId#ROOT}. */
  UnitPath pathOf(CameraId camera);

  /** Assigns a camera to a unit. NOT_FOUND without the camera or the unit. */
  void assign(CameraId camera, UnitId unit);

  /**
   * One page of the cameras of a part of the tree, in the order of ids.
   *
   * @param after the last id of the page before, or null for the first page
   * @param limit at most this many, 1 to 1000
   */
  List<CameraId> cameras(UnitId within, @Nullable CameraId after, int limit);

  /** Calls {@code listener} after every committed change; it must be quick. */
  void onChange(Runnable listener);

  /** What people say of a unit; as the same parts of {@link Unit}. */
  record Draft(
      UnitKind kind,
      String name,
      @Nullable SiteClass siteClass,
      String address,
      String geographicCode,
      String cadastreId,
      String officer) {
    public Draft {
      Unit.check(kind, name, siteClass, List.of(address, geographicCode, cadastreId, officer));
    }
  }
}
