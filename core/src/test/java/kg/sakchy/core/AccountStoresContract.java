package kg.sakchy.core;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.access.ApiToken;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.Credential;
import kg.sakchy.core.account.CredentialStore;
import kg.sakchy.core.account.PasswordHash;
import kg.sakchy.core.account.SecretHash;
import kg.sakchy.core.account.Session;
import kg.sakchy.core.account.SessionStore;
import kg.sakchy.core.account.TotpSecret;
import kg.sakchy.core.error.ErrorKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the stores of accounts, credentials, sessions and API tokens of a server promise. A test
 * class implements it and names all four.
 */
public interface AccountStoresContract {
  AccountId AIDA = new AccountId("aida");
  AccountId NOBODY = new AccountId("nobody");
  Instant THEN = Instant.parse("2026-11-22T10:00:00.123456Z");
  PasswordHash HASH = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");

  /** The stores under test, empty at the beginning of each test. */
  AccountStore accounts();

  CredentialStore credentials();

  SessionStore sessions();

  ApiTokenStore tokens();

  private Account person(String id, @Nullable String subject) {
    return accounts()
        .create(
            new Account(
                new AccountId(id), Account.Kind.PERSON, "Аида " + id, false, subject, THEN, 1));
  }

  @Test
  default void keepsAccounts() {
    Account aida = person("aida", "https://id.example/realms/a 4711");
    Account program =
        accounts()
            .create(
                new Account(
                    new AccountId("dispatch.v2"),
                    Account.Kind.SERVICE,
                    "Диспетчер",
                    true,
                    null,
                    THEN,
                    77));
    assertThat(aida.version()).isEqualTo(1);
    assertThat(program.version()).isEqualTo(1);
    assertThat(accounts().find(AIDA)).contains(aida);
    assertThat(accounts().find(program.id())).contains(program);
    assertThat(accounts().find(NOBODY)).isEmpty();
    assertThat(accounts().findBySubject("https://id.example/realms/a 4711")).contains(aida);
    assertThat(accounts().findBySubject("https://id.example/realms/a")).isEmpty();
    assertThat(accounts().list(null, 10)).containsExactly(aida, program);
    assertThat(accounts().list(AIDA, 10)).containsExactly(program);
    assertThat(accounts().list(null, 1)).containsExactly(aida);
  }

  @Test
  default void idsAndSubjectsAreTakenOnce() {
    Account aida = person("aida", "issuer 1");
    assertFails(ErrorKind.CONFLICT, () -> person("aida", null));
    assertFails(ErrorKind.CONFLICT, () -> person("other", "issuer 1"));
    person("bakyt", null);
    person("cholpon", null);
    assertThat(accounts().find(AIDA)).contains(aida);
    assertThat(accounts().find(new AccountId("other"))).isEmpty();
  }

  @Test
  default void aChangeIsOfTheDisplayNameAndOfBeingDisabled() {
    Account old = person("aida", "issuer 1");
    AtomicInteger told = new AtomicInteger();
    accounts().onChange(told::incrementAndGet);
    Account wish =
        new Account(AIDA, Account.Kind.SERVICE, "Other", true, "issuer 2", THEN.plusSeconds(1), 1);
    Account changed = accounts().change(wish);
    assertThat(changed)
        .isEqualTo(new Account(AIDA, old.kind(), "Other", true, old.subject(), THEN, 2));
    assertThat(accounts().find(AIDA)).contains(changed);
    assertFails(ErrorKind.CONFLICT, () -> accounts().change(wish));
    assertFails(
        ErrorKind.NOT_FOUND,
        () ->
            accounts().change(new Account(NOBODY, Account.Kind.PERSON, "N", false, null, THEN, 1)));
    assertThat(told).hasValue(1);
  }

  @Test
  default void keepsCredentials() {
    person("aida", null);
    assertThat(credentials().find(AIDA)).isEmpty();
    TotpSecret totp = new TotpSecret("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    credentials().setTotp(AIDA, totp);
    assertThat(credentials().find(AIDA)).contains(new Credential(AIDA, null, false, totp, 0, null));
    credentials().setPassword(AIDA, HASH, true);
    assertThat(credentials().find(AIDA)).contains(new Credential(AIDA, HASH, true, totp, 0, null));
    credentials().setTotp(AIDA, null);
    assertThat(credentials().find(AIDA)).contains(new Credential(AIDA, HASH, true, null, 0, null));
    assertFails(ErrorKind.NOT_FOUND, () -> credentials().setPassword(NOBODY, HASH, false));
    assertFails(ErrorKind.NOT_FOUND, () -> credentials().setTotp(NOBODY, totp));
    assertThat(credentials().find(NOBODY)).isEmpty();
  }

  @Test
  default void countsFailures() {
    person("aida", null);
    credentials().failed(AIDA, THEN);
    assertThat(credentials().find(AIDA)).isEmpty();
    credentials().setPassword(AIDA, HASH, false);
    credentials().failed(AIDA, THEN);
    credentials().failed(AIDA, THEN.plusSeconds(1));
    assertThat(credentials().find(AIDA))
        .contains(new Credential(AIDA, HASH, false, null, 2, THEN.plusSeconds(1)));
    credentials().succeeded(AIDA);
    assertThat(credentials().find(AIDA)).contains(new Credential(AIDA, HASH, false, null, 0, null));
    credentials().failed(AIDA, THEN);
    credentials().setPassword(AIDA, HASH, true);
    assertThat(credentials().find(AIDA)).contains(new Credential(AIDA, HASH, true, null, 0, null));
  }

  @Test
  default void aTimeStepIsUsedOnce() throws Exception {
    person("aida", null);
    assertThat(credentials().useTotpStep(AIDA, 1)).isFalse();
    credentials().setTotp(AIDA, new TotpSecret(new byte[TotpSecret.BYTES]));
    assertThat(credentials().useTotpStep(AIDA, 100)).isTrue();
    assertThat(credentials().useTotpStep(AIDA, 100)).isFalse();
    assertThat(credentials().useTotpStep(AIDA, 99)).isFalse();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tasks.add(() -> credentials().useTotpStep(AIDA, 101));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int used = 0;
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        used += done.get() ? 1 : 0;
      }
      assertThat(used).isEqualTo(1);
    }
  }

  private static Session session(String secret, int seconds) {
    return new Session(
        SecretHash.of(secret),
        AIDA,
        Session.Stage.COMPLETE,
        "2001:db8::7",
        THEN,
        THEN.plusSeconds(3_600 + seconds),
        THEN.plusSeconds(seconds));
  }

  @Test
  default void keepsSessions() {
    person("aida", null);
    for (Session.Stage stage : Session.Stage.values()) {
      Session session =
          new Session(
              SecretHash.of(stage.name()),
              AIDA,
              stage,
              "10.1.2.3",
              THEN,
              THEN.plusSeconds(9),
              THEN);
      sessions().open(session);
      assertThat(sessions().find(session.secret())).contains(session);
    }
    SecretHash secret = SecretHash.of("COMPLETE");
    sessions().seen(secret, THEN.plusSeconds(5));
    assertThat(sessions().find(secret).orElseThrow().lastSeenAt()).isEqualTo(THEN.plusSeconds(5));
    sessions().end(secret);
    sessions().end(secret);
    sessions().seen(secret, THEN);
    assertThat(sessions().find(secret)).isEmpty();
    sessions().endAll(AIDA);
    assertThat(sessions().find(SecretHash.of("SECOND_FACTOR"))).isEmpty();
  }

  @Test
  default void theSessionNotSeenForLongestGivesWay() {
    person("aida", null);
    for (int i = 0; i < SessionStore.SESSIONS_PER_ACCOUNT; i++) {
      sessions().open(session("s" + i, i));
    }
    sessions().seen(SecretHash.of("s0"), THEN.plusSeconds(1_000));
    sessions().open(session("early", 0));
    assertThat(sessions().find(SecretHash.of("early"))).isPresent();
    assertThat(sessions().find(SecretHash.of("s0"))).isPresent();
    assertThat(sessions().find(SecretHash.of("s1"))).isEmpty();
    assertThat(sessions().find(SecretHash.of("s2"))).isPresent();
  }

  @Test
  default void expiredSessionsAreForgotten() {
    person("aida", null);
    sessions().open(session("old", 0));
    sessions().open(session("new", 1));
    sessions().forgetExpired(THEN.plusSeconds(3_601));
    assertThat(sessions().find(SecretHash.of("old"))).isEmpty();
    assertThat(sessions().find(SecretHash.of("new"))).isPresent();
  }

  private static ApiToken token(int number, AccountId account) {
    return new ApiToken(
        "%016x".formatted(number),
        account,
        "Token " + number,
        SecretHash.of("key " + number),
        Set.of(),
        THEN.plusSeconds(number),
        null,
        null);
  }

  @Test
  default void keepsApiTokens() {
    person("aida", null);
    ApiToken all =
        new ApiToken(
            "00000000000000ff",
            AIDA,
            "Диспетчер",
            SecretHash.of("all"),
            EnumSet.allOf(Right.class),
            THEN,
            THEN.plusSeconds(60),
            THEN.plusSeconds(1));
    tokens().create(all);
    ApiToken none = token(1, AIDA);
    tokens().create(none);
    assertThat(tokens().find(all.secret())).contains(all);
    assertThat(tokens().list(AIDA)).containsExactly(none, all);
    assertThat(tokens().list(NOBODY)).isEmpty();
    tokens().used(none.secret(), THEN.plusSeconds(9));
    assertThat(tokens().find(none.secret()).orElseThrow().lastUsedAt())
        .isEqualTo(THEN.plusSeconds(9));
    assertFails(ErrorKind.NOT_FOUND, () -> tokens().revoke(NOBODY, none.id()));
    tokens().revoke(AIDA, none.id());
    tokens().used(none.secret(), THEN);
    assertThat(tokens().find(none.secret())).isEmpty();
    assertFails(ErrorKind.NOT_FOUND, () -> tokens().revoke(AIDA, none.id()));
    assertFails(ErrorKind.NOT_FOUND, () -> tokens().create(token(2, NOBODY)));
  }

  @Test
  default void thereIsAnEndOfApiTokens() {
    person("aida", null);
    for (int i = 0; i < ApiTokenStore.TOKENS_PER_ACCOUNT; i++) {
      tokens().create(token(i, AIDA));
    }
    assertFails(ErrorKind.RESOURCE_EXHAUSTED, () -> tokens().create(token(1_000, AIDA)));
    assertThat(tokens().list(AIDA)).hasSize(ApiTokenStore.TOKENS_PER_ACCOUNT);
  }
}
