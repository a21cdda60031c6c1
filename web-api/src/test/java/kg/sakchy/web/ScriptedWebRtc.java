package kg.sakchy.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.WebRtcViews;

/** Answers every offer that begins as one, under the names session-1, session-2... */
final class ScriptedWebRtc implements WebRtcViews {
  private final Map<String, LiveViews.LiveView> sessions = new ConcurrentHashMap<>();

  /** Whether each may go on, as a real one asks several times a second. */
  final Map<String, BooleanSupplier> permissions = new ConcurrentHashMap<>();

  @Override
  public synchronized Answer answer(
      LiveViews.LiveView view, String client, String offer, BooleanSupplier allowed) {
    if (!offer.startsWith("v=0")) {
      view.close();
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not a session description");
    }
    String name = "session-" + (sessions.size() + 1);
    sessions.put(name, view);
    permissions.put(name, allowed);
    return new Answer(name, "v=0\r\nanswer to " + client);
  }

  @Override
  public boolean end(String session) {
    LiveViews.LiveView view = sessions.get(session);
    if (view != null) {
      view.close();
    }
    return view != null;
  }
}
