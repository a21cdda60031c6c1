package kg.sakchy.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.SearchText;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.core.organisation.UnitPath;
import org.jspecify.annotations.Nullable;

/** The tree of units in the heap. Threads: safe for use by many threads. */
public final class InMemoryOrganisation implements Organisation {
  private static final int PAGE = 1_000;

  private final CameraDirectory directory;
  private final SortedMap<UnitId, Unit> units = new TreeMap<>();
  private final Map<CameraId, UnitId> assigned = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private BiConsumer<UnitId, Runnable> deleting = (unit, act) -> act.run();
  private long lastId = UnitId.ROOT.value();

  /** Has the top and, below it, nothing. */
  public InMemoryOrganisation(CameraDirectory directory) {
    this.directory = directory;
    units.put(
        UnitId.ROOT,
        unit(
            UnitId.ROOT,
            UnitPath.TOP,
            new Draft(UnitKind.MINISTRY, "Organisation", null, "", "", "", ""),
            1));
    directory.onChange(
        (id, camera) -> {
          if (camera == null) {
            forget(id);
          }
          tell();
        });
  }

  /**
   * Lets somebody else do what deletes a unit, or refuse it.
   *
   * @param guard does it or throws
   */
  void deleteThrough(BiConsumer<UnitId, Runnable> guard) {
    deleting = guard;
  }

  /** The ways to all units. */
  synchronized List<UnitPath> paths() {
    return units.values().stream().map(Unit::path).toList();
  }

  /** The classes of all sites. */
  synchronized Map<UnitId, SiteClass> sites() {
    Map<UnitId, SiteClass> sites = new HashMap<>();
    for (Unit unit : units.values()) {
      SiteClass siteClass = unit.siteClass();
      if (siteClass != null) {
        sites.put(unit.id(), siteClass);
      }
    }
    return sites;
  }

  /** All cameras, each with the unit it belongs to. */
  Map<CameraId, UnitId> allCameras() {
    Map<CameraId, UnitId> all = new HashMap<>();
    List<Camera> page = directory.list(null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(camera -> all.put(camera.id(), pathOf(camera.id()).unit()));
      page = directory.list(page.getLast().id(), PAGE);
    }
    return all;
  }

  @Override
  public synchronized Optional<Unit> find(UnitId id) {
    return Optional.ofNullable(units.get(id));
  }

  @Override
  public List<Unit> below(UnitId parent, @Nullable UnitId after, int limit) {
    return page(unit -> isRightBelow(unit, parent), after, limit);
  }

  @Override
  public List<Unit> search(String text, UnitId within, @Nullable UnitId after, int limit) {
    String wanted = SearchText.wanted(text);
    return page(
        unit -> unit.path().isWithin(within) && SearchText.of(unit.draft()).contains(wanted),
        after,
        limit);
  }

  @Override
  public Unit create(UnitId parent, Draft draft) {
    Unit created;
    synchronized (this) {
      Unit above = get(parent);
      requireOrder(draft.kind(), above);
      requireName(above, draft.name(), null);
      UnitId id = new UnitId(++lastId);
      created = unit(id, above.path().to(id), draft, 1);
      units.put(id, created);
    }
    tell();
    return created;
  }

  @Override
  public Unit change(UnitId id, long version, Draft draft) {
    Unit changed;
    synchronized (this) {
      Unit old = get(id);
      if (old.version() != version) {
        throw new VmsException(ErrorKind.CONFLICT, "somebody else changed the unit: " + id);
      }
      if (old.kind() != draft.kind()) {
        throw new VmsException(ErrorKind.FAILED_PRECONDITION, "a unit keeps its kind");
      }
      if (!id.equals(UnitId.ROOT)) {
        requireName(get(parent(old)), draft.name(), id);
      }
      changed = unit(id, old.path(), draft, version + 1);
      units.put(id, changed);
    }
    tell();
    return changed;
  }

  @Override
  public Unit move(UnitId id, UnitId parent) {
    Unit moved;
    synchronized (this) {
      Unit old = get(id);
      Unit above = get(parent);
      if (id.equals(UnitId.ROOT) || above.path().isWithin(id)) {
        throw new VmsException(
            ErrorKind.FAILED_PRECONDITION, "a unit cannot be put below itself: " + id);
      }
      requireOrder(old.kind(), above);
      requireName(above, old.name(), id);
      moved = unit(id, above.path().to(id), old.draft(), old.version() + 1);
      int levels = old.path().units().size();
      for (Unit unit : List.copyOf(units.values())) {
        if (unit.path().isWithin(id) && !unit.id().equals(id)) {
          UnitPath path = moved.path();
          for (UnitId step : unit.path().units().subList(levels, unit.path().units().size())) {
            path = path.to(step);
          }
          units.put(unit.id(), unit(unit.id(), path, unit.draft(), unit.version()));
        }
      }
      units.put(id, moved);
    }
    tell();
    return moved;
  }

  @Override
  public void delete(UnitId id) {
    deleting.accept(id, () -> remove(id));
    tell();
  }

  private synchronized void remove(UnitId id) {
    get(id);
    if (id.equals(UnitId.ROOT)
        || units.values().stream().anyMatch(unit -> isRightBelow(unit, id))
        || assigned.containsValue(id)) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "a unit can be deleted when no units, cameras and rights are there: " + id);
    }
    units.remove(id);
  }

  @Override
  public synchronized UnitPath pathOf(CameraId camera) {
    return get(assigned.getOrDefault(camera, UnitId.ROOT)).path();
  }

  @Override
  public void assign(CameraId camera, UnitId unit) {
    if (directory.find(camera).isEmpty()) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such camera: " + camera);
    }
    synchronized (this) {
      get(unit);
      assigned.put(camera, unit);
    }
    tell();
  }

  @Override
  public List<CameraId> cameras(UnitId within, @Nullable CameraId after, int limit) {
    return allCameras().keySet().stream()
        .filter(camera -> after == null || camera.compareTo(after) > 0)
        .filter(camera -> pathOf(camera).isWithin(within))
        .sorted()
        .limit(limit)
        .toList();
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private synchronized void forget(CameraId camera) {
    assigned.remove(camera);
  }

  private synchronized List<Unit> page(Predicate<Unit> which, @Nullable UnitId after, int limit) {
    return units.values().stream()
        .filter(unit -> after == null || unit.id().compareTo(after) > 0)
        .filter(which)
        .limit(limit)
        .toList();
  }

  private Unit get(UnitId id) {
    Unit unit = units.get(id);
    if (unit == null) {
      throw new VmsException(ErrorKind.NOT_FOUND, "no such unit: " + id);
    }
    return unit;
  }

  private static void requireOrder(UnitKind kind, Unit above) {
    if (!kind.canStandBelow(above.kind())) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "a " + kind.code() + " cannot stand below a " + above.kind().code());
    }
  }

  private void requireName(Unit above, String name, @Nullable UnitId besides) {
    String folded = SearchText.fold(name);
    for (Unit unit : units.values()) {
      if (isRightBelow(unit, above.id())
          && !unit.id().equals(besides)
          && SearchText.fold(unit.name()).equals(folded)) {
        throw new VmsException(
            ErrorKind.CONFLICT, "a unit of this name is there already: " + unit.id());
      }
    }
  }

  private static boolean isRightBelow(Unit unit, UnitId parent) {
    return !unit.id().equals(UnitId.ROOT) && parent(unit).equals(parent);
  }

  private static UnitId parent(Unit unit) {
    List<UnitId> way = unit.path().units();
    return way.get(way.size() - 2);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  private static Unit unit(UnitId id, UnitPath path, Draft draft, long version) {
    return new Unit(
        id,
        path,
        draft.kind(),
        draft.name(),
        draft.siteClass(),
        draft.address(),
        draft.geographicCode(),
        draft.cadastreId(),
        draft.officer(),
        version);
  }
}
