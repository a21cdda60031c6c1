package kg.sakchy.web.audit;

import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.LastingAct;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Client;

/** Callers, as records name them. Threads: stateless. */
public final class Actors {
  private Actors() {}

  /** What a caller does for a while to the camera of the address. */
  public static LastingAct lasting(Call call, AuditAction action, String way) {
    return new LastingAct(call.client().key(), origin(call), action, call.camera(), way);
  }

  /** How the caller came in: by a session, an API token, or a media token; and from where. */
  static String origin(Call call) {
    Client client = call.client();
    return client.known() == null ? "media token from " + client.address() : call.caller().origin();
  }
}
