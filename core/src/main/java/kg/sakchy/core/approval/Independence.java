package kg.sakchy.core.approval;

import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * What makes the second person another one.
 *
 * <p>It is another account, and a person's: a program, and so an API token, approves nothing. And
 * whoever manages people over a camera has nothing of it approved: he could make an account, or set
 * another password, and be his own second person.
 *
 * <p>Threads: safe for use by many threads; asks for accounts, which may block.
 */
final class Independence {
  private final AccessPolicy policy;
  private final AccountStore accounts;

  Independence(AccessPolicy policy, AccountStore accounts) {
    this.policy = policy;
    this.accounts = accounts;
  }

  /** Whether somebody may have something of a camera approved. */
  boolean isPossible(AccountId requester, CameraId camera) {
    return !policy.allows(requester, Right.MANAGE_PEOPLE, camera);
  }

  /**
   * Requires that.
   *
   * @throws VmsException PERMISSION_DENIED
   */
  void require(AccountId requester, CameraId camera) {
    if (!isPossible(requester, camera)) {
      throw new VmsException(
          ErrorKind.PERMISSION_DENIED,
          "who manages people over a camera could be his own second person; somebody else must"
              + " ask");
    }
  }

  /**
   * Requires that somebody may decide on a request.
   *
   * @throws VmsException PERMISSION_DENIED
   */
  void requireSecond(Caller caller, Approval approval) {
    ApprovalRequest request = approval.request();
    if (caller.account().equals(request.requester())) {
      throw denied("nobody decides on what he asked for himself");
    }
    if (!mayDecide(caller, request.act().camera())) {
      throw denied("this takes the right approve over the camera " + request.act().camera());
    }
    if (accounts
        .find(caller.account())
        .filter(account -> account.kind() == Account.Kind.PERSON)
        .isEmpty()) {
      throw denied("only people approve, not programs");
    }
    require(request.requester(), request.act().camera());
  }

  /** Whether somebody has the right to decide over a camera. */
  boolean mayDecide(Caller caller, CameraId camera) {
    return caller.scope().contains(Right.APPROVE)
        && policy.allows(caller.account(), Right.APPROVE, camera);
  }

  /** Whether what was decided still counts: a grant dies with the right of who gave it. */
  boolean stillHolds(Approval approval) {
    ApprovalRequest request = approval.request();
    CameraId camera = request.act().camera();
    Approval.Decision decision = approval.decision();
    return isPossible(request.requester(), camera)
        && (decision == null || policy.allows(decision.by(), Right.APPROVE, camera));
  }

  private static VmsException denied(String message) {
    return new VmsException(ErrorKind.PERMISSION_DENIED, message);
  }
}
