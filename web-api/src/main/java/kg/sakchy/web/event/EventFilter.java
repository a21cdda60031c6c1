package kg.sakchy.web.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.web.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * Which events a client wants: two parameters of the query, lists with commas whose form the
 * contract has checked.
 *
 * @param cameras empty for all
 * @param kinds empty for all
 */
record EventFilter(Set<CameraId> cameras, Set<EventKind> kinds) {
  static EventFilter of(Call call) {
    return new EventFilter(
        list(call.parameter("camera"), CameraId::new),
        list(call.parameter("kind"), code -> EventKind.valueOf(code.toUpperCase(Locale.ROOT))));
  }

  private static <T> Set<T> list(@Nullable String text, Function<String, T> reader) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(",", -1)).map(reader).collect(Collectors.toUnmodifiableSet());
  }

  boolean matches(EventLog.Entry entry) {
    return (cameras.isEmpty() || cameras.contains(entry.event().camera()))
        && (kinds.isEmpty() || kinds.contains(entry.event().kind()));
  }
}
