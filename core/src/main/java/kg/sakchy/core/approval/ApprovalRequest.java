package kg.sakchy.core.approval;

import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.StorableText;

/**
 * What somebody asks for. Texts are made storable ({@link StorableText}).
 *
 * @param act what he wants to do
 * @param requester who asks
 * @param reason why, 1 to 1000 characters
 * @param caseNumber of the case or order it is for, at most 100 characters; empty if there is none
 * @param urgent whether he cannot wait: he may do it at once, and must be approved afterwards
 */
public record ApprovalRequest(
    GuardedAct act, AccountId requester, String reason, String caseNumber, boolean urgent) {
  private static final int REASON = 1_000;
  private static final int CASE_NUMBER = 100;

  public ApprovalRequest {
    reason = reason("a request", reason);
    if (caseNumber.length() > CASE_NUMBER) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the number of a case has at most 100 characters");
    }
    caseNumber = StorableText.of(caseNumber, CASE_NUMBER);
  }

  /**
   * A reason as it is kept.
   *
   * @param of what it is given for, as it stands in a sentence
   * @throws VmsException INVALID_ARGUMENT when it says nothing or too much
   */
  static String reason(String of, String told) {
    String kept = told.length() > REASON ? "" : StorableText.of(told, REASON);
    if (kept.isBlank()) {
      throw new VmsException(
          ErrorKind.INVALID_ARGUMENT, "the reason of " + of + " has 1 to 1000 characters");
    }
    return kept;
  }
}
