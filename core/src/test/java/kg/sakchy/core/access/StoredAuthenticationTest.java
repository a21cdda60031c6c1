package kg.sakchy.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryAccountStore;
import kg.sakchy.core.InMemoryApiTokenStore;
import kg.sakchy.core.InMemoryCredentialStore;
import kg.sakchy.core.InMemorySessionStore;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Passwords;
import kg.sakchy.core.account.PlainHashing;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.account.Totp;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredAuthenticationTest {
  private static final AccountId AIDA = new AccountId("aida");
  private static final AccountId FEED = new AccountId("feed");
  private static final String RIGHT = "a long password";
  private static final String OFFICE = "10.0.0.1";

  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final InMemoryAccountStore accounts = new InMemoryAccountStore();
  private final InMemoryCredentialStore credentials = new InMemoryCredentialStore(accounts);
  private final InMemoryApiTokenStore tokens = new InMemoryApiTokenStore(accounts);
  private final Sessions sessions = new Sessions(new InMemorySessionStore(), clock);
  private final Passwords passwords =
      new Passwords(accounts, credentials, new PlainHashing(), clock);
  private final SignIn signIn = new SignIn(accounts, credentials, passwords, sessions, clock);
  private final AccountDesk desk =
      new AccountDesk(accounts, credentials, passwords, sessions, clock);
  private final ApiTokenDesk tokenDesk = new ApiTokenDesk(tokens, clock);
  private final StoredAuthentication authentication =
      new StoredAuthentication(accounts, tokens, sessions, passwords, clock);

  @BeforeEach
  void people() {
    desk.createPerson(AIDA, "Aida");
    passwords.choose(AIDA, RIGHT);
    desk.createService(FEED, "Feed");
  }

  private ApiTokenDesk.Issued token(@Nullable Instant expires) {
    return tokenDesk.issue(
        accounts.find(FEED).orElseThrow(), "register", Set.of(Right.VIEW_LIVE), expires);
  }

  private void disable(AccountId id) {
    Account now = accounts.find(id).orElseThrow();
    desk.change(
        new Account(id, now.kind(), now.displayName(), true, null, now.createdAt(), now.version()));
  }

  private void assertRefused(Authentication.Shown shown) {
    VmsException refusal =
        catchThrowableOfType(VmsException.class, () -> authentication.authenticate(shown, OFFICE));
    assertThat(refusal).as("%s", shown).isNotNull();
    assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(refusal).hasMessage("sign in first");
  }

  @Test
  void aSessionIsItsAccountWithoutLimit() {
    Sessions.Opened opened = signIn.withPassword("aida", RIGHT, OFFICE);
    Caller caller =
        authentication.authenticate(new Authentication.SessionSecret(opened.secret()), "10.0.0.2");
    assertThat(caller.account()).isEqualTo(AIDA);
    assertThat(caller.displayName()).isEqualTo("Aida");
    assertThat(caller.origin())
        .isEqualTo("session " + opened.session().secret().mark() + " from 10.0.0.2");
    assertThat(caller.scope()).containsExactlyInAnyOrder(Right.values());
  }

  @Test
  void aTokenIsItsAccountWithinItsScope() {
    ApiTokenDesk.Issued issued = token(null);
    Caller caller = authentication.authenticate(new Authentication.TokenKey(issued.key()), OFFICE);
    assertThat(caller.account()).isEqualTo(FEED);
    assertThat(caller.scope()).containsExactly(Right.VIEW_LIVE);
    assertThat(caller.origin()).isEqualTo("token " + issued.token().id() + " from " + OFFICE);
    assertThat(tokens.list(FEED).getFirst().lastUsedAt()).isEqualTo(clock.now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "sakchy_",
        "sakchy_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "a\r\nb"
      })
  void whatIsNobodysIsRefusedInTheSameWords(String secret) {
    assertRefused(new Authentication.SessionSecret(secret));
    assertRefused(new Authentication.TokenKey(secret));
    assertRefused(new Authentication.Nothing());
  }

  @Test
  void anIncompleteSignInIsNone() {
    String oneTime = desk.reset(AIDA, false).oneTimePassword();
    String secret = signIn.withPassword("aida", oneTime, OFFICE).secret();
    assertRefused(new Authentication.SessionSecret(secret));
  }

  @Test
  void whatEndsIsSeenWithinTwoSeconds() {
    String secret = signIn.withPassword("aida", RIGHT, OFFICE).secret();
    Authentication.Shown session = new Authentication.SessionSecret(secret);
    Authentication.Shown token = new Authentication.TokenKey(token(null).key());
    authentication.authenticate(session, OFFICE);
    authentication.authenticate(token, OFFICE);
    signIn.out(secret);
    disable(FEED);
    clock.advance(Duration.ofSeconds(2));
    assertRefused(session);
    assertRefused(token);
  }

  @Test
  void aRevokedTokenIsNone() {
    ApiTokenDesk.Issued issued = token(null);
    tokens.revoke(FEED, issued.token().id());
    assertRefused(new Authentication.TokenKey(issued.key()));
  }

  @Test
  void aTokenEndsAtItsTimeAlsoWhenRemembered() {
    Authentication.Shown token =
        new Authentication.TokenKey(token(clock.now().plusMillis(1_500)).key());
    authentication.authenticate(token, OFFICE);
    clock.advance(Duration.ofMillis(1_500));
    assertRefused(token);
  }

  @Test
  void aNameWithAPasswordOrATokenWillDoForOtherProtocols() {
    String key = token(null).key();
    assertThat(
            authentication
                .authenticate(new Authentication.NameAndPassword("aida", RIGHT), OFFICE)
                .account())
        .isEqualTo(AIDA);
    assertThat(
            authentication
                .authenticate(new Authentication.NameAndPassword("feed", key), OFFICE)
                .account())
        .isEqualTo(FEED);
    assertRefused(new Authentication.NameAndPassword("aida", key));
  }

  @Test
  void aPasswordAloneIsNotEnoughWithASecondFactor() {
    credentials.setTotp(AIDA, Totp.newSecret());
    assertRefused(new Authentication.NameAndPassword("aida", RIGHT));
  }

  @Test
  void peopleHaveNoTokens() {
    Account aida = accounts.find(AIDA).orElseThrow();
    assertThatThrownBy(() -> tokenDesk.issue(aida, "mine", Set.of(Right.AUDIT), null))
        .hasMessageContaining("people");
  }

  @Test
  void nothingThatIsShownPrints() {
    assertThat(new Authentication.SessionSecret("hidden").toString()).doesNotContain("hidden");
    assertThat(new Authentication.TokenKey("hidden").toString()).doesNotContain("hidden");
    assertThat(new Authentication.NameAndPassword("name", "hidden").toString())
        .doesNotContain("hidden");
    ApiTokenDesk.Issued issued = token(null);
    assertThat(issued.toString()).doesNotContain(issued.key());
  }
}
