package kg.sakchy.web.audit;

import java.util.Optional;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Client;

/**
 * Callers, as records name them.
 *
 * <p>Threads: safe for use by many threads; blocks when somebody is only on his way in.
 */
public final class Actors {
  private final MediaRights rights;
  private final SignIn signIn;

  /**
   * @param rights know who sees by a media token
   * @param signIn knows who is on his way in
   */
  public Actors(MediaRights rights, SignIn signIn) {
    this.rights = rights;
    this.signIn = signIn;
  }

  /** Who calls; an address where nobody knows. */
  Actor of(Call call) {
    try {
      return rights.viewer(call);
    } catch (VmsException e) { // nobody is known yet
      String address = call.client().address();
      return entering(call).orElseGet(() -> new Actor(address, "from " + address));
    }
  }

  /** Whose session it is that is not complete yet: a second factor or another password is due. */
  Optional<Actor> entering(Call call) {
    Client client = call.client();
    return client.shown() instanceof Authentication.SessionSecret session
        ? signIn
            .find(session.secret())
            .map(
                open ->
                    new Actor(open.account().id().value(), "signing in from " + client.address()))
        : Optional.empty();
  }
}
