package kg.sakchy.gateway.server.access;

import java.net.InetAddress;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.MediaRight;
import kg.sakchy.core.access.Presence;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.auth.AuthorizationField;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Decides for the requests of one connection what they may see. Nothing, by default, also on this
 * machine: a client must hold a media token for the camera, or prove who it is with a name and a
 * password (Basic, RFC 7617) or a key (Bearer). Digest is not offered: passwords are kept in a form
 * it cannot be checked against. Proof is taken only where nobody can listen: over TLS, or on this
 * machine.
 *
 * <p>A token is told once, in the address of the first request that has it, because clients leave
 * the query out of the addresses they make themselves; it is judged anew at each request, so that
 * it ends. Proof that was good once is asked about as {@link Presence} does.
 *
 * <p>Threads: one request at a time; blocks as {@link Authentication} does.
 */
public final class AccessCheck {
  private static final String BASIC = "Basic realm=\"Sakchy\", charset=\"UTF-8\"";

  /** What a client hears that may not send a password here: tokens are another way. */
  private static final String TOKENS_ONLY = "Bearer realm=\"Sakchy\"";

  private final Entrance entrance;
  private final VmsClock clock;
  private final InetAddress client;
  private final boolean mayProve;
  private @Nullable Told told;
  private @Nullable Proven proven;

  /** What becomes of a request. */
  public sealed interface Verdict {
    /** It may see something of the camera. */
    record Granted(Access access) implements Verdict {}

    /**
     * Nobody knows who asks.
     *
     * @param challenge value of the WWW-Authenticate field
     * @param failed whether proof was shown, and was wrong
     */
    record Unknown(String challenge, boolean failed) implements Verdict {}

    /** A token is good, and does not cover this. */
    record Denied(Actor actor) implements Verdict {}

    /** Who asks is known, and may see nothing of it: as if there were no such camera. */
    record Hidden(Actor actor) implements Verdict {}
  }

  /** A token that was good once. */
  private record Told(CameraId camera, Actor actor, MediaRight right) {}

  /** An Authorization field that was good once, and who showed it. */
  private record Proven(String authorization, Presence presence) {
    @Override
    public String toString() {
      return "Proven[***]";
    }
  }

  /**
   * @param client address of the connection's other end
   * @param encrypted whether the connection is
   */
  public AccessCheck(Entrance entrance, VmsClock clock, InetAddress client, boolean encrypted) {
    this.entrance = entrance;
    this.clock = clock;
    this.client = client;
    this.mayProve = encrypted || client.isLoopbackAddress();
  }

  /**
   * Judges a request.
   *
   * @param token of the address, or null
   * @param authorization value of the Authorization field, or null
   * @throws VmsException RESOURCE_EXHAUSTED after too many wrong passwords, UNAVAILABLE when nobody
   *     can tell
   */
  public Verdict judge(CameraId camera, @Nullable String token, @Nullable String authorization) {
    if (token != null) {
      return byToken(token, camera);
    }
    Told known = told;
    if (known != null && known.camera().equals(camera)) {
      Access access = Access.of(known.actor(), known.right());
      return access.allowsSome() ? new Verdict.Granted(access) : unknown(true);
    }
    return authorization == null ? unknown(false) : byPassword(camera, authorization);
  }

  private Verdict byToken(String token, CameraId camera) {
    told = null;
    Actor actor;
    try {
      AccountId maker = entrance.media().tokens().verify(token).account();
      actor = Actor.ofToken(maker, client.getHostAddress());
    } catch (VmsException e) {
      return unknown(true);
    }
    try {
      MediaRight right = entrance.media().ofToken(token, camera);
      told = new Told(camera, actor, right);
      Access access = Access.of(actor, right);
      return access.allowsSome() ? new Verdict.Granted(access) : new Verdict.Denied(actor);
    } catch (VmsException e) { // it is for another camera
      return new Verdict.Denied(actor);
    }
  }

  private Verdict byPassword(CameraId camera, String authorization) {
    Presence presence;
    try {
      presence = presence(authorization);
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.UNAUTHENTICATED) {
        throw e;
      }
      return unknown(true);
    }
    Actor actor = Actor.of(presence.caller());
    Access access = Access.of(actor, entrance.media().of(presence, camera));
    return access.allowsSome() ? new Verdict.Granted(access) : new Verdict.Hidden(actor);
  }

  private Presence presence(String authorization) {
    Proven known = proven;
    if (known != null && known.authorization().equals(authorization) && known.presence().holds()) {
      return known.presence();
    }
    proven = null;
    Presence entered =
        Presence.enter(
            entrance.authentication(), shown(authorization), client.getHostAddress(), clock);
    proven = new Proven(authorization, entered);
    return entered;
  }

  /** What a request shows; nothing of what may be overheard. */
  private Authentication.Shown shown(String authorization) {
    return mayProve ? AuthorizationField.read(authorization) : new Authentication.Nothing();
  }

  private Verdict unknown(boolean failed) {
    return new Verdict.Unknown(mayProve ? BASIC : TOKENS_ONLY, failed);
  }
}
