package kg.sakchy.web;

import java.util.Map;
import kg.sakchy.web.account.AccountOperations;
import kg.sakchy.web.account.ApiTokenOperations;
import kg.sakchy.web.account.ProviderOperations;
import kg.sakchy.web.account.SessionOperations;
import kg.sakchy.web.http.Operation;

/** The operations on who comes in, by operation id. Threads: built once. */
final class AccountRoutes {
  private AccountRoutes() {}

  static Map<String, Operation> blocking(WebPorts.People people) {
    SessionOperations session = new SessionOperations(people.signIn(), people.provider());
    ProviderOperations provider = new ProviderOperations(people.signIn(), people.provider());
    AccountOperations accounts = new AccountOperations(people.accounts(), people.desk());
    ApiTokenOperations tokens =
        new ApiTokenOperations(people.accounts(), people.tokens(), people.tokenDesk());
    return Map.ofEntries(
        Map.entry("signIn", session::signIn),
        Map.entry("sendCode", session::code),
        Map.entry("changePassword", session::changePassword),
        Map.entry("getSession", session::show),
        Map.entry("signOut", session::signOut),
        Map.entry("getProvider", provider::show),
        Map.entry("beginProviderSignIn", provider::begin),
        Map.entry("finishProviderSignIn", provider::finish),
        Map.entry("newAuthenticatorKey", session::newKey),
        Map.entry("enrolAuthenticator", session::enrol),
        Map.entry("listAccounts", accounts::list),
        Map.entry("createAccount", accounts::create),
        Map.entry("getAccount", accounts::get),
        Map.entry("changeAccount", accounts::change),
        Map.entry("resetPassword", accounts::reset),
        Map.entry("listApiTokens", tokens::list),
        Map.entry("createApiToken", tokens::create),
        Map.entry("revokeApiToken", tokens::revoke));
  }
}
