package kg.sakchy.web.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Lists, makes, changes and disables accounts, and resets passwords. */
public final class AccountOperations {
  private static final String PATH = "/api/v1/accounts";
  private static final int PAGE = 100;

  private final AccountStore accounts;
  private final AccountDesk desk;

  public AccountOperations(AccountStore accounts, AccountDesk desk) {
    this.accounts = accounts;
    this.desk = desk;
  }

  /** The account that the path names, or a problem. */
  static Account require(AccountStore accounts, Call call) {
    AccountId id = new AccountId(call.path().getOrDefault("account", ""));
    return accounts
        .find(id)
        .orElseThrow(() -> new VmsException(ErrorKind.NOT_FOUND, "there is no account " + id));
  }

  public Answer list(Call call) {
    String after = call.parameter("after");
    int limit = call.integer("limit", PAGE);
    List<Account> found = accounts.list(after == null ? null : new AccountId(after), limit + 1);
    List<Account> page = found.subList(0, Math.min(limit, found.size()));
    JsonArray items = new JsonArray();
    page.forEach(account -> items.add(json(account)));
    String next =
        found.size() > limit ? PATH + "?after=" + page.getLast().id() + "&limit=" + limit : null;
    return Answer.json(new JsonObject().put("items", items).put("next", next));
  }

  /** Makes an account; a person's comes with a one-time password. */
  public Answer create(Call call) {
    JsonObject body = call.body();
    AccountId id = new AccountId(body.getString("id"));
    String displayName = body.getString("displayName");
    Account.Kind kind =
        Account.Kind.valueOf(body.getString("kind", "person").toUpperCase(Locale.ROOT));
    Map<String, String> location = Map.of("Location", PATH + "/" + id);
    return switch (kind) {
      case PERSON -> {
        AccountDesk.Issued issued = desk.createPerson(id, displayName);
        yield Answer.json(201, location, json(issued.account(), issued.oneTimePassword()));
      }
      case SERVICE -> Answer.json(201, location, json(desk.createService(id, displayName), null));
    };
  }

  public Answer get(Call call) {
    return Answer.json(json(require(accounts, call)));
  }

  /** Changes the display name, or whether the account is disabled. */
  public Answer change(Call call) {
    Account old = require(accounts, call);
    JsonObject body = call.body();
    Account changed =
        new Account(
            old.id(),
            old.kind(),
            body.getString("displayName", old.displayName()),
            body.getBoolean("disabled", old.disabled()),
            old.subject(),
            old.createdAt(),
            body.getLong("version"));
    return Answer.json(json(desk.change(changed)));
  }

  /** Gives a person another one-time password. */
  public Answer reset(Call call) {
    Account account = require(accounts, call);
    AccountDesk.Issued issued =
        desk.reset(account.id(), call.body().getBoolean("secondFactor", false));
    return Answer.json(json(issued.account(), issued.oneTimePassword()));
  }

  private static JsonObject json(Account account, @Nullable String oneTimePassword) {
    return new JsonObject().put("account", json(account)).put("oneTimePassword", oneTimePassword);
  }

  private static JsonObject json(Account account) {
    return new JsonObject()
        .put("id", account.id().value())
        .put("kind", account.kind().name().toLowerCase(Locale.ROOT))
        .put("displayName", account.displayName())
        .put("disabled", account.disabled())
        .put("provided", account.subject() != null)
        .put("createdAt", Rfc3339.format(account.createdAt()))
        .put("version", account.version());
  }
}
