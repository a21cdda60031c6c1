package kg.sakchy.web.audit;

import static kg.sakchy.core.audit.AuditAction.CHANGE_ACCOUNT;
import static kg.sakchy.core.audit.AuditAction.CHANGE_CAMERA;
import static kg.sakchy.core.audit.AuditAction.CHANGE_ORGANISATION;
import static kg.sakchy.core.audit.AuditAction.CHANGE_ROLE;
import static kg.sakchy.core.audit.AuditAction.SHARE;
import static kg.sakchy.core.audit.AuditAction.SIGN_OUT;
import static kg.sakchy.core.audit.AuditAction.STEER;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Records the operations that change something. What they write into the database and their record
 * are one transaction. Those that talk to cameras, and so take long, are recorded before they
 * begin, and once more if they fail.
 */
final class AuditedActs {
  /** Changes of the database alone. */
  private static final Map<String, AuditAction> AT_ONCE =
      Map.ofEntries(
          Map.entry("createCamera", CHANGE_CAMERA),
          Map.entry("changeCamera", CHANGE_CAMERA),
          Map.entry("deleteCamera", CHANGE_CAMERA),
          Map.entry("putPlacement", CHANGE_CAMERA),
          Map.entry("createMediaToken", SHARE),
          Map.entry("createUnit", CHANGE_ORGANISATION),
          Map.entry("changeUnit", CHANGE_ORGANISATION),
          Map.entry("moveUnit", CHANGE_ORGANISATION),
          Map.entry("deleteUnit", CHANGE_ORGANISATION),
          Map.entry("assignCamera", CHANGE_ORGANISATION),
          Map.entry("putRole", CHANGE_ROLE),
          Map.entry("deleteRole", CHANGE_ROLE),
          Map.entry("assignRole", CHANGE_ROLE),
          Map.entry("revokeRole", CHANGE_ROLE),
          Map.entry("createAccount", CHANGE_ACCOUNT),
          Map.entry("changeAccount", CHANGE_ACCOUNT),
          Map.entry("resetPassword", CHANGE_ACCOUNT),
          Map.entry("createApiToken", CHANGE_ACCOUNT),
          Map.entry("revokeApiToken", CHANGE_ACCOUNT),
          Map.entry("signOut", SIGN_OUT));

  /** The steps that open a session: recorded when it is known how they end. */
  private static final String SIGN_IN = "signIn";

  private static final String SEND_CODE = "sendCode";

  /** What cameras have to answer, or what goes on by itself. */
  private static final Map<String, AuditAction> SLOWLY =
      Map.ofEntries(
          Map.entry("probeDevice", CHANGE_CAMERA),
          Map.entry("registerCamera", CHANGE_CAMERA),
          Map.entry("refreshCamera", CHANGE_CAMERA),
          Map.entry("putDevice", CHANGE_CAMERA),
          Map.entry("setUpCamera", CHANGE_CAMERA),
          Map.entry("startImport", CHANGE_CAMERA),
          Map.entry("cancelImport", CHANGE_CAMERA),
          Map.entry("resumeImport", CHANGE_CAMERA),
          Map.entry("setPtzPreset", STEER),
          Map.entry("deletePtzPreset", STEER),
          Map.entry("changePassword", CHANGE_ACCOUNT),
          Map.entry("enrolAuthenticator", CHANGE_ACCOUNT));

  private final AuditLog log;
  private final Actors actors;
  private final VmsClock clock;

  /** Ids of the operations that are recorded when they are there. */
  static Set<String> recorded() {
    Set<String> ids = new HashSet<>(AT_ONCE.keySet());
    ids.addAll(SLOWLY.keySet());
    ids.add(SIGN_IN);
    ids.add(SEND_CODE);
    return ids;
  }

  AuditedActs(AuditLog log, Actors actors, VmsClock clock) {
    this.log = log;
    this.actors = actors;
    this.clock = clock;
  }

  /** The same operations; those that change something recorded. */
  Map<String, Operation> over(Map<String, Operation> operations) {
    Map<String, Operation> audited = new HashMap<>(operations);
    audited.replaceAll(this::recorded);
    return audited;
  }

  private Operation recorded(String id, Operation operation) {
    if (id.equals(SIGN_IN)) {
      return call ->
          enter(operation, call, new Actor(name(call), "password from " + call.client().address()));
    }
    if (id.equals(SEND_CODE)) {
      return call -> sendCode(operation, call);
    }
    AuditAction atOnce = AT_ONCE.get(id);
    if (atOnce != null) {
      return call -> log.inOneAct(event(id, atOnce, call), () -> operation.answer(call));
    }
    AuditAction slowly = SLOWLY.get(id);
    return slowly == null ? operation : call -> before(event(id, slowly, call), operation, call);
  }

  /** A code of nobody's session is of no account, and only refused. */
  private Answer sendCode(Operation operation, Call call) {
    Optional<Actor> actor = actors.entering(call);
    return actor.isEmpty()
        ? operation.answer(call)
        : enter(
            operation, call, new Actor(actor.get().name(), "code from " + call.client().address()));
  }

  /**
   * Whoever signs in gets the secret of the session only when that is recorded. Wrong passwords and
   * codes are recorded, those that were not even looked at are not: nobody can flood the audit by
   * guessing.
   */
  private Answer enter(Operation operation, Call call, Actor actor) {
    AuditEvent event =
        AuditEvent.of(
            clock.now(),
            actor.name(),
            actor.origin(),
            AuditAction.SIGN_IN,
            "",
            AuditEvent.Result.DONE);
    try {
      Answer answer = operation.answer(call);
      log.append(event.with("stage", stage(answer)));
      return answer;
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.UNAUTHENTICATED) {
        log.append(event.failed(e));
      }
      throw e;
    }
  }

  /** What is still to be done before the session is complete. */
  private static @Nullable String stage(Answer answer) {
    return answer instanceof Answer.Content content
        ? content.body().toJsonObject().getString("stage")
        : null;
  }

  /** The account; nothing when it can be none, since people type passwords into the wrong field. */
  private static String name(Call call) {
    try {
      return new AccountId(call.body().getString("name", "")).value();
    } catch (VmsException e) {
      return "";
    }
  }

  private Answer before(AuditEvent event, Operation operation, Call call) {
    log.append(event);
    try {
      return operation.answer(call);
    } catch (RuntimeException e) {
      log.append(event.failed(e));
      throw e;
    }
  }

  /** The names in the address say to what; the bodies of requests hold secrets and stay out. */
  private AuditEvent event(String id, AuditAction action, Call call) {
    TreeMap<String, String> details = new TreeMap<>(call.path());
    details.put("operation", id);
    Actor actor = actors.of(call);
    return new AuditEvent(
        clock.now(),
        actor.name(),
        actor.origin(),
        action,
        call.object(),
        "",
        AuditEvent.Result.DONE,
        details);
  }
}
