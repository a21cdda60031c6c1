package kg.sakchy.core;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Presence;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.core.time.VmsClock;

/**
 * Two regions with a school each, and people with roles there. Whoever shows the name of an account
 * as a key, or as name and password alike, comes in as that account; nobody else does. The root is
 * somebody who may do everything everywhere.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class SamplePeople implements Authentication {
  /** May do everything everywhere. */
  public static final String ROOT = "root";

  private final InMemoryAccess access;
  private final VmsClock clock;
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final UnitId north;
  private final UnitId south;
  private final UnitId northSchool;
  private final UnitId southSchool;

  /**
   * @param cameras belong to the top until they are put somewhere
   */
  public SamplePeople(CameraDirectory cameras, VmsClock clock) {
    this.clock = clock;
    access = new InMemoryAccess(cameras, clock);
    north = unit(UnitId.ROOT, UnitKind.REGION, "North");
    south = unit(UnitId.ROOT, UnitKind.REGION, "South");
    northSchool = unit(north, UnitKind.SITE, "North school");
    southSchool = unit(south, UnitKind.SITE, "South school");
    give(ROOT, UnitId.ROOT, EnumSet.allOf(Right.class));
  }

  /** Makes a unit; a site is a school. */
  public UnitId unit(UnitId parent, UnitKind kind, String name) {
    SiteClass siteClass = kind == UnitKind.SITE ? SiteClass.SCHOOL : null;
    return access
        .organisation()
        .create(parent, new Organisation.Draft(kind, name, siteClass, "", "", "", ""))
        .id();
  }

  /** Gives a site another class. */
  public void reclass(UnitId site, SiteClass siteClass) {
    Unit known = access.organisation().find(site).orElseThrow();
    Organisation.Draft draft =
        new Organisation.Draft(known.kind(), known.name(), siteClass, "", "", "", "");
    access.organisation().change(site, known.version(), draft);
  }

  public UnitId north() {
    return north;
  }

  public UnitId south() {
    return south;
  }

  public UnitId northSchool() {
    return northSchool;
  }

  public UnitId southSchool() {
    return southSchool;
  }

  /** Everything behind them. */
  public InMemoryAccess access() {
    return access;
  }

  /** What they may do. */
  public AccessPolicy policy() {
    return access.policy();
  }

  /** Puts a camera into a unit. */
  public void put(String camera, UnitId unit) {
    access.organisation().assign(new CameraId(camera), unit);
  }

  /** Gives an account, new or not, a role of its own that holds these rights over a unit. */
  public AccountId give(String account, UnitId unit, Set<Right> rights) {
    return give(account, unit, new Role(account + " of " + unit, rights, null, 10));
  }

  /** Gives an account, new or not, a role over a unit. */
  public AccountId give(String account, UnitId unit, Role role) {
    return access.person(account, role, unit);
  }

  /** Takes all roles of an account away; it can still come in. */
  public void takeRoles(String account) {
    for (RoleAssignment each : access.roles().assignments(new AccountId(account))) {
      access.roles().revoke(each.number());
    }
  }

  /** Ends what an account came in with; its roles stay. */
  public void signOut(String account) {
    gone.add(account);
  }

  /** Keeps an account out. */
  public void disable(String account) {
    Account known = access.accounts().find(new AccountId(account)).orElseThrow();
    access
        .accounts()
        .change(
            new Account(
                known.id(),
                known.kind(),
                known.displayName(),
                true,
                known.subject(),
                known.createdAt(),
                known.version()));
  }

  /** Somebody who came in. */
  public Presence presence(String account) {
    return Presence.enter(this, new TokenKey(account), "127.0.0.1", clock);
  }

  @Override
  public Caller authenticate(Shown shown, String address) {
    String name =
        switch (shown) {
          case Nothing() -> "";
          case SessionSecret(String secret) -> secret;
          case TokenKey(String key) -> key;
          case NameAndPassword(String user, String password) -> user.equals(password) ? user : "";
        };
    return Optional.of(name)
        .filter(known -> known.matches("[a-z0-9-]+") && !gone.contains(known))
        .flatMap(known -> access.accounts().find(new AccountId(known)))
        .filter(account -> !account.disabled())
        .map(account -> Caller.of(account.id(), account.displayName(), "from " + address))
        .orElseThrow(() -> new VmsException(ErrorKind.UNAUTHENTICATED, "nobody is known by that"));
  }
}
