package kg.sakchy.web;

import java.util.Map;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.approval.ApprovalDesk;
import kg.sakchy.core.approval.ApprovalLists;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.approval.ApprovedActs;
import kg.sakchy.web.approval.ApprovalOperations;
import kg.sakchy.web.approval.ApprovedExports;
import kg.sakchy.web.http.Operation;

/** The operations on what takes two people, by operation id. Threads: built once. */
final class ApprovalRoutes {
  private ApprovalRoutes() {}

  static Map<String, Operation> blocking(WebPorts ports) {
    ApprovalStore store = ports.access().approvals();
    AccessPolicy policy = ports.access().policy();
    AccountStore accounts = ports.people().accounts();
    WebPorts.Server server = ports.server();
    ApprovalOperations approvals =
        new ApprovalOperations(
            new ApprovalDesk(store, policy, accounts, server.audit().log(), server.clock()),
            new ApprovalLists(store, policy, accounts),
            server.clock());
    return Map.of(
        "requestApproval", approvals::request,
        "listApprovals", approvals::list,
        "getApproval", approvals::get,
        "grantApproval", approvals::grant,
        "refuseApproval", approvals::refuse,
        "withdrawApproval", approvals::withdraw);
  }

  /** Asked before recordings are taken away. */
  static ApprovedExports exports(WebPorts ports) {
    return new ApprovedExports(
        new ApprovedActs(
            ports.access().approvals(),
            ports.access().policy(),
            ports.people().accounts(),
            ports.server().audit().log(),
            ports.server().clock()));
  }
}
