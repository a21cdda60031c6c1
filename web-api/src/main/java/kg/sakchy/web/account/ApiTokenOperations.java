package kg.sakchy.web.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.access.ApiToken;
import kg.sakchy.core.access.ApiTokenDesk;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes the API tokens of a program's account. */
public final class ApiTokenOperations {
  private final AccountStore accounts;
  private final ApiTokenStore tokens;
  private final ApiTokenDesk desk;

  public ApiTokenOperations(AccountStore accounts, ApiTokenStore tokens, ApiTokenDesk desk) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.desk = desk;
  }

  public Answer list(Call call) {
    Account account = AccountOperations.require(accounts, call);
    JsonArray items = new JsonArray();
    tokens.list(account.id()).forEach(token -> items.add(json(token)));
    return Answer.json(new JsonObject().put("items", items));
  }

  /** Makes a token; the answer is the only place its key is ever shown in. */
  public Answer create(Call call) {
    Account account = AccountOperations.require(accounts, call);
    JsonObject body = call.body();
    ApiTokenDesk.Issued issued =
        desk.issue(
            account,
            body.getString("name"),
            scope(body.getJsonArray("scope")),
            call.bodyMoment("expiresAt"));
    return Answer.json(
        201,
        Map.of(),
        new JsonObject().put("token", json(issued.token())).put("key", issued.key()));
  }

  public Answer revoke(Call call) {
    Account account = AccountOperations.require(accounts, call);
    tokens.revoke(account.id(), call.path().getOrDefault("token", ""));
    return Answer.empty(204, Map.of());
  }

  private static Set<Right> scope(JsonArray codes) {
    Set<Right> scope = EnumSet.noneOf(Right.class);
    for (Object code : codes) {
      scope.add(Right.valueOf(code.toString().toUpperCase(Locale.ROOT)));
    }
    return scope;
  }

  private static JsonObject json(ApiToken token) {
    JsonArray scope = new JsonArray();
    token.scope().stream().sorted().forEach(right -> scope.add(right.code()));
    return new JsonObject()
        .put("id", token.id())
        .put("name", token.name())
        .put("scope", scope)
        .put("createdAt", Rfc3339.format(token.createdAt()))
        .put("expiresAt", format(token.expiresAt()))
        .put("lastUsedAt", format(token.lastUsedAt()));
  }

  private static @Nullable String format(@Nullable Instant moment) {
    return moment == null ? null : Rfc3339.format(moment);
  }
}
