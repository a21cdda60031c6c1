package kg.sakchy.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitPath;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Decides from what it was told: who has which roles, the units, and which cameras belong to them.
 * Whoever knows these tells it of each change and then calls {@link #tellChanges()}, also once a
 * second without a change, because rights begin and end with time.
 *
 * <p>Cameras nobody told it of belong to the top, so that only rights over everything reach them:
 * the recordings of cameras that were removed, for one. What belongs to a unit nobody told it of is
 * allowed to nobody.
 *
 * <p>Threads: safe for use by many threads. Questions see each part whole, before or after a
 * change; of changes that others make at the same time to the same thing the last call counts, so
 * callers that must keep an order make it themselves.
 */
public final class InMemoryAccessPolicy implements AccessPolicy {
  /** From where nobody takes recordings away alone. */
  private static final Set<SiteClass> PLACES_OF_CHILDREN =
      EnumSet.of(SiteClass.SCHOOL, SiteClass.KINDERGARTEN);

  private final VmsClock clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean untold = new AtomicBoolean();
  private volatile Map<AccountId, List<Grant>> grants = Map.of();
  private volatile ConcurrentMap<UnitId, UnitPath> units = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<UnitId, SiteClass> sites = new ConcurrentHashMap<>();
  private volatile ConcurrentNavigableMap<CameraId, UnitId> cameras = new ConcurrentSkipListMap<>();
  private Instant toldAt;

  /** Allows nothing yet. */
  public InMemoryAccessPolicy(VmsClock clock) {
    this.clock = clock;
    this.toldAt = clock.now();
    units.put(UnitId.ROOT, UnitPath.TOP);
  }

  /**
   * Who has what from now on.
   *
   * @param assignments of accounts that are not disabled; those of other roles than {@code roles}
   *     allow nothing
   */
  public void setAssignments(Collection<Role> roles, Collection<RoleAssignment> assignments) {
    Map<String, Role> byName =
        roles.stream().collect(Collectors.toMap(Role::name, Function.identity()));
    Map<AccountId, List<Grant>> next = new HashMap<>();
    for (RoleAssignment assignment : assignments) {
      Role role = byName.get(assignment.role());
      if (role != null) {
        next.computeIfAbsent(assignment.account(), account -> new ArrayList<>())
            .add(new Grant(assignment, role));
      }
    }
    if (!next.equals(grants)) {
      grants = next;
      untold.set(true);
    }
  }

  /** All units there are from now on. */
  public void setUnits(Collection<UnitPath> paths) {
    ConcurrentMap<UnitId, UnitPath> next = new ConcurrentHashMap<>();
    paths.forEach(path -> next.put(path.unit(), path));
    next.put(UnitId.ROOT, UnitPath.TOP);
    if (!next.equals(units)) {
      units = next;
      untold.set(true);
    }
  }

  /** The classes of all sites there are from now on. */
  public void setSites(Map<UnitId, SiteClass> all) {
    sites = new ConcurrentHashMap<>(all);
  }

  /** All cameras there are from now on, each with the unit it belongs to. */
  public void setCameras(Map<CameraId, UnitId> all) {
    if (!all.equals(cameras)) {
      cameras = new ConcurrentSkipListMap<>(all);
      untold.set(true);
    }
  }

  /** A unit is new or has moved. */
  public void putUnit(UnitPath path) {
    if (!path.equals(units.put(path.unit(), path))) {
      untold.set(true);
    }
  }

  /** A site is new or has another class. */
  public void putSite(UnitId site, SiteClass siteClass) {
    sites.put(site, siteClass);
  }

  /** A unit is gone. */
  public void removeUnit(UnitId unit) {
    sites.remove(unit);
    if (units.remove(unit) != null) {
      untold.set(true);
    }
  }

  /** A camera is new or belongs to another unit. */
  public void putCamera(CameraId camera, UnitId unit) {
    if (!unit.equals(cameras.put(camera, unit))) {
      untold.set(true);
    }
  }

  /** A camera is gone. */
  public void removeCamera(CameraId camera) {
    if (cameras.remove(camera) != null) {
      untold.set(true);
    }
  }

  /**
   * Calls the listeners if anything was changed or a role began or ended since they were called
   * last. All are called, also when one fails.
   *
   * @throws RuntimeException the failure of the first that failed
   */
  public void tellChanges() {
    boolean edge = passedAnEdge();
    if (untold.getAndSet(false) || edge) {
      RuntimeException failure = null;
      for (Runnable listener : listeners) {
        try {
          listener.run();
        } catch (RuntimeException e) { // the others must hear of it all the same
          failure = failure == null ? e : failure;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  private synchronized boolean passedAnEdge() {
    Instant before = toldAt;
    Instant now = clock.now();
    toldAt = now;
    return grants.values().stream()
        .flatMap(List::stream)
        .anyMatch(grant -> grant.assignment.holdsAt(before) != grant.assignment.holdsAt(now));
  }

  @Override
  public boolean allows(AccountId account, Right right, CameraId camera) {
    return allows(account, right, pathOf(camera));
  }

  @Override
  public boolean allows(AccountId account, Right right, UnitId unit) {
    return allows(account, right, units.get(unit));
  }

  @Override
  public boolean allowsSomewhere(AccountId account, Right right) {
    return !holding(account, right).isEmpty();
  }

  @Override
  public Optional<Instant> archiveSince(AccountId account, Right right, CameraId camera) {
    Instant now = clock.now();
    UnitPath path = pathOf(camera);
    Instant earliest = null;
    for (Grant grant : holding(account, right)) {
      if (grant.isOver(path)) {
        Duration depth = grant.role.archiveDepth();
        Instant since = depth == null ? Instant.MIN : now.minus(depth);
        earliest = earliest == null || since.isBefore(earliest) ? since : earliest;
      }
    }
    return Optional.ofNullable(earliest);
  }

  @Override
  public boolean needsApproval(Right right, CameraId camera) {
    SiteClass site = sites.get(unitOf(camera));
    return right == Right.EXPORT && site != null && PLACES_OF_CHILDREN.contains(site);
  }

  @Override
  public int steerPriority(AccountId account, CameraId camera) {
    UnitPath path = pathOf(camera);
    int highest = 0;
    for (Grant grant : holding(account, Right.STEER)) {
      if (grant.isOver(path)) {
        highest = Math.max(highest, grant.role.steerPriority());
      }
    }
    return highest;
  }

  @Override
  public List<CameraId> cameras(
      AccountId account, Right right, @Nullable CameraId after, int limit) {
    List<Grant> holding = holding(account, right);
    if (holding.isEmpty()) {
      return List.of();
    }
    NavigableMap<CameraId, UnitId> all = cameras;
    List<CameraId> page = new ArrayList<>();
    for (Map.Entry<CameraId, UnitId> camera :
        (after == null ? all : all.tailMap(after, false)).entrySet()) {
      if (page.size() >= limit) {
        break;
      }
      UnitPath path = units.get(camera.getValue());
      if (holding.stream().anyMatch(grant -> grant.isOver(path))) {
        page.add(camera.getKey());
      }
    }
    return page;
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private boolean allows(AccountId account, Right right, @Nullable UnitPath path) {
    for (Grant grant : holding(account, right)) {
      if (grant.isOver(path)) {
        return true;
      }
    }
    return false;
  }

  private List<Grant> holding(AccountId account, Right right) {
    List<Grant> of = grants.getOrDefault(account, List.of());
    if (of.isEmpty()) {
      return of;
    }
    Instant now = clock.now();
    List<Grant> holding = new ArrayList<>(of.size());
    for (Grant grant : of) {
      if (grant.role.rights().contains(right) && grant.assignment.holdsAt(now)) {
        holding.add(grant);
      }
    }
    return holding;
  }

  private @Nullable UnitPath pathOf(CameraId camera) {
    return units.get(unitOf(camera));
  }

  private UnitId unitOf(CameraId camera) {
    return cameras.getOrDefault(camera, UnitId.ROOT);
  }

  /** An assignment with what its role allows. */
  private record Grant(RoleAssignment assignment, Role role) {
    boolean isOver(@Nullable UnitPath path) {
      return path != null && path.isWithin(assignment.unit());
    }
  }
}
