package kg.sakchy.web.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * Which events a client wants and may see: two parameters of the query, lists with commas whose
 * form the contract has checked, and the right to see the cameras.
 *
 * @param named the client wants these cameras; empty for all
 * @param queried the log is asked for these cameras; empty for all
 * @param kinds empty for all
 * @param allowed cameras whose events may be seen at the moment
 * @param matchesNothing whether there is nothing to ask the log for
 */
record EventFilter(
    Set<CameraId> named,
    Set<CameraId> queried,
    Set<EventKind> kinds,
    Predicate<CameraId> allowed,
    boolean matchesNothing) {
  /** Who has one of these over a camera may know what happens there. */
  private static final Set<Right> RIGHTS = EnumSet.of(Right.VIEW_LIVE, Right.VIEW_ARCHIVE);

  /** The log is asked by name for the cameras of who may see no more than this. */
  private static final int FEW = 200;

  static EventFilter of(Call call, Permissions permissions) {
    Caller caller = call.caller();
    Predicate<CameraId> allowed =
        camera -> RIGHTS.stream().anyMatch(right -> permissions.allows(caller, right, camera));
    Set<EventKind> kinds =
        list(call.parameter("kind"), code -> EventKind.valueOf(code.toUpperCase(Locale.ROOT)));
    Set<CameraId> named = list(call.parameter("camera"), CameraId::new);
    if (!named.isEmpty()) {
      Set<CameraId> seen = named.stream().filter(allowed).collect(Collectors.toSet());
      return new EventFilter(named, seen, kinds, allowed, seen.isEmpty());
    }
    if (RIGHTS.stream().anyMatch(right -> permissions.allows(caller, right, UnitId.ROOT))) {
      return new EventFilter(named, Set.of(), kinds, allowed, false); // of removed cameras, too
    }
    List<CameraId> own = permissions.cameras(caller, RIGHTS, null, FEW + 1);
    Set<CameraId> queried = own.size() > FEW ? Set.of() : new HashSet<>(own);
    return new EventFilter(named, queried, kinds, allowed, own.isEmpty());
  }

  private static <T> Set<T> list(@Nullable String text, Function<String, T> reader) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(",", -1)).map(reader).collect(Collectors.toUnmodifiableSet());
  }

  boolean matches(EventLog.Entry entry) {
    CameraId camera = entry.event().camera();
    return (named.isEmpty() || named.contains(camera))
        && (kinds.isEmpty() || kinds.contains(entry.event().kind()))
        && allowed.test(camera);
  }
}
