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
import java.util.Set;
import java.util.TreeMap;
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

  private static final String SIGN_IN = "signIn";

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
  private final VmsClock clock;

  /** Ids of the operations that are recorded when they are there. */
  static Set<String> recorded() {
    Set<String> ids = new HashSet<>(AT_ONCE.keySet());
    ids.addAll(SLOWLY.keySet());
    ids.add(SIGN_IN);
    return ids;
  }

  AuditedActs(AuditLog log, VmsClock clock) {
    this.log = log;
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
      return call -> signIn(operation, call);
    }
    AuditAction atOnce = AT_ONCE.get(id);
    if (atOnce != null) {
      return call -> log.inOneAct(event(id, atOnce, call), () -> operation.answer(call));
    }
    AuditAction slowly = SLOWLY.get(id);
    return slowly == null ? operation : call -> before(event(id, slowly, call), operation, call);
  }

  /**
   * Whoever signs in gets the secret of the session only when that is recorded. Wrong passwords are
   * recorded, those that were not even looked at are not: nobody can flood the audit by guessing.
   */
  private Answer signIn(Operation operation, Call call) {
    AuditEvent event =
        AuditEvent.of(
            clock.now(),
            name(call),
            "password from " + call.client().address(),
            AuditAction.SIGN_IN,
            "",
            AuditEvent.Result.DONE);
    try {
      Answer answer = operation.answer(call);
      log.append(event);
      return answer;
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.UNAUTHENTICATED) {
        log.append(event.failed(e));
      }
      throw e;
    }
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
    Map<String, String> path = call.path();
    TreeMap<String, String> details = new TreeMap<>(path);
    details.put("operation", id);
    return new AuditEvent(
        clock.now(),
        call.client().key(),
        Actors.origin(call),
        action,
        object(path),
        "",
        AuditEvent.Result.DONE,
        details);
  }

  private static String object(Map<String, String> path) {
    if (path.containsKey("id")) {
      return "camera " + path.get("id");
    }
    return path.entrySet().stream()
        .findFirst()
        .map(part -> part.getKey() + " " + part.getValue())
        .orElse("");
  }
}
