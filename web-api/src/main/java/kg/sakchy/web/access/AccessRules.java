package kg.sakchy.web.access;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.access.Presence;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Contract;
import kg.sakchy.web.http.Permission;
import org.jspecify.annotations.Nullable;

/**
 * The one gate of all operations: asks of each caller what the contract says.
 *
 * <p>Who lacks a right over something he may know of gets PERMISSION_DENIED. Of a camera or unit
 * that he may not know of he is told that there is none, in the words that are used when there
 * really is none. Either is recorded.
 *
 * <p>Threads: safe for use by many threads; does not block.
 */
public final class AccessRules implements Permission {
  private final Map<String, Rule> rules;
  private final Permissions permissions;
  private final MediaAccess media;
  private final RefusedActs refused;

  /**
   * @throws IllegalStateException when an operation of the contract has no rule
   */
  public AccessRules(
      Contract contract, Permissions permissions, MediaAccess media, RefusedActs refused) {
    this.rules = Rule.all(contract.tree());
    this.permissions = permissions;
    this.media = media;
    this.refused = refused;
  }

  /** What is said of a camera that does not exist. */
  public static VmsException noCamera(CameraId camera) {
    return new VmsException(ErrorKind.NOT_FOUND, "there is no camera " + camera);
  }

  /** What is said of a unit that does not exist. */
  public static VmsException noUnit(UnitId unit) {
    return new VmsException(ErrorKind.NOT_FOUND, "there is no unit " + unit);
  }

  @Override
  public void require(String operation, Call call) {
    Rule rule = rule(operation);
    if (rule.isForAnybody() || token(rule, call) != null) {
      return;
    }
    Caller caller = call.caller();
    try {
      require(caller, rule, call);
    } catch (VmsException e) {
      refused.refused(Actor.of(caller), operation, call.object());
      throw e;
    }
  }

  private void require(Caller caller, Rule rule, Call call) {
    for (Place place : rule.places()) {
      require(caller, rule.anyOf(), place, call);
    }
  }

  @Override
  public boolean holds(String operation, Call call) {
    Rule rule = rule(operation);
    try {
      String token = token(rule, call);
      if (token != null) {
        return !media.ofToken(token, call.camera()).now().isEmpty();
      }
      Presence known = call.client().known();
      if (known != null && !known.holds()) {
        return false;
      }
      if (!rule.isForAnybody()) {
        require(call.caller(), rule, call);
      }
      return true;
    } catch (VmsException e) {
      return false;
    }
  }

  private Rule rule(String operation) {
    return Objects.requireNonNull(rules.get(operation), operation);
  }

  private static @Nullable String token(Rule rule, Call call) {
    return rule.takesToken() ? call.parameter(MediaRights.PARAMETER) : null;
  }

  private void require(Caller caller, Set<Right> anyOf, Place place, Call call) {
    switch (place) {
      case NOBODY, CALLER -> {}
      case ANYWHERE -> {
        if (anyOf.stream().noneMatch(right -> permissions.allowsSomewhere(caller, right))) {
          throw denied(anyOf, "anything");
        }
      }
      case TOP -> requireOver(caller, anyOf, UnitId.ROOT);
      case CAMERA -> requireOver(caller, anyOf, call.camera());
      case UNIT -> requireOver(caller, anyOf, call.unit());
      case BODY_UNIT -> requireOver(caller, anyOf, call.unit("unit", UnitId.ROOT));
      case BODY_PARENT -> requireOver(caller, anyOf, call.unit("parent", UnitId.ROOT));
    }
  }

  private void requireOver(Caller caller, Set<Right> anyOf, CameraId camera) {
    if (!permissions.allowsAny(caller, anyOf, camera)) {
      throw permissions.sees(caller, camera)
          ? denied(anyOf, "the camera " + camera)
          : noCamera(camera);
    }
  }

  private void requireOver(Caller caller, Set<Right> anyOf, UnitId unit) {
    if (!permissions.allowsAny(caller, anyOf, unit)) {
      throw unit.equals(UnitId.ROOT) || permissions.sees(caller, unit)
          ? denied(anyOf, unit.equals(UnitId.ROOT) ? "everything" : "the unit " + unit)
          : noUnit(unit);
    }
  }

  private static VmsException denied(Set<Right> anyOf, String over) {
    String rights = anyOf.stream().sorted().map(Right::code).collect(Collectors.joining(" or "));
    return new VmsException(
        ErrorKind.PERMISSION_DENIED, "this takes the right " + rights + " over " + over);
  }
}
