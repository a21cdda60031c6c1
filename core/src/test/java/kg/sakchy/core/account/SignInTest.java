package kg.sakchy.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryAccountStore;
import kg.sakchy.core.InMemoryCredentialStore;
import kg.sakchy.core.InMemorySessionStore;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest {
  private static final AccountId AIDA = new AccountId("aida");
  private static final String RIGHT = "a long password";
  private static final String NEXT = "another long password";
  private static final String OFFICE = "10.0.0.1";

  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final InMemoryAccountStore accounts = new InMemoryAccountStore();
  private final InMemoryCredentialStore credentials = new InMemoryCredentialStore(accounts);
  private final Sessions sessions = new Sessions(new InMemorySessionStore(), clock);
  private final Passwords passwords =
      new Passwords(accounts, credentials, new PlainHashing(), clock);
  private final SignIn signIn = new SignIn(accounts, credentials, passwords, sessions, clock);
  private final AccountDesk desk =
      new AccountDesk(accounts, credentials, passwords, sessions, clock);

  @BeforeEach
  void aida() {
    desk.createPerson(AIDA, "Aida");
    passwords.choose(AIDA, RIGHT);
  }

  private Sessions.Opened in() {
    return signIn.withPassword("aida", RIGHT, OFFICE);
  }

  private TotpSecret enrolled() {
    TotpSecret key = Totp.newSecret();
    String code = Totp.code(key, clock.now());
    signIn.enrol(in().secret(), RIGHT, key, code, OFFICE);
    clock.advance(Duration.ofMinutes(2));
    return key;
  }

  private static ErrorKind kindOf(Runnable work) {
    return catchThrowableOfType(VmsException.class, work::run).kind();
  }

  @Test
  void aPasswordAloneOpensASessionWhereThatIsAll() {
    Sessions.Opened opened = in();
    assertThat(opened.session().stage()).isEqualTo(Session.Stage.COMPLETE);
    assertThat(signIn.find(opened.secret()).orElseThrow().account().id()).isEqualTo(AIDA);
    assertThat(opened.toString()).doesNotContain(opened.secret());
    signIn.out(opened.secret());
    signIn.out(opened.secret());
    assertThat(signIn.find(opened.secret())).isEmpty();
  }

  @Test
  void theSecondFactorOpensAnotherSession() {
    TotpSecret key = enrolled();
    Sessions.Opened first = in();
    assertThat(first.session().stage()).isEqualTo(Session.Stage.SECOND_FACTOR);
    Sessions.Opened second = signIn.withCode(first.secret(), Totp.code(key, clock.now()), OFFICE);
    assertThat(second.session().stage()).isEqualTo(Session.Stage.COMPLETE);
    assertThat(signIn.find(first.secret())).isEmpty();
  }

  @Test
  void aCodeIsGoodOnce() {
    TotpSecret key = enrolled();
    String code = Totp.code(key, clock.now());
    signIn.withCode(in().secret(), code, OFFICE);
    String again = in().secret();
    assertThat(kindOf(() -> signIn.withCode(again, code, OFFICE)))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
    clock.advance(Duration.ofSeconds(30));
    signIn.withCode(again, Totp.code(key, clock.now()), OFFICE);
  }

  @Test
  void theCodeOfTheEnrolmentIsUsedUp() {
    TotpSecret key = Totp.newSecret();
    String code = Totp.code(key, clock.now());
    signIn.enrol(in().secret(), RIGHT, key, code, OFFICE);
    String secret = in().secret();
    assertThat(kindOf(() -> signIn.withCode(secret, code, OFFICE)))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  void aClockThatWasSetBackMakesNoOldCodeGood() {
    TotpSecret key = enrolled();
    String code = Totp.code(key, clock.now());
    signIn.withCode(in().secret(), code, OFFICE);
    clock.step(Duration.ofMinutes(-1));
    String before = Totp.code(key, clock.now());
    String secret = in().secret();
    assertThat(kindOf(() -> signIn.withCode(secret, before, OFFICE)))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  void guessesOfCodesAreHeldOff() {
    enrolled();
    String secret = in().secret();
    for (int i = 0; i < 5; i++) {
      assertThat(kindOf(() -> signIn.withCode(secret, "abcdef", OFFICE)))
          .isEqualTo(ErrorKind.UNAUTHENTICATED);
    }
    assertThat(kindOf(() -> signIn.withCode(secret, "abcdef", OFFICE)))
        .isEqualTo(ErrorKind.RESOURCE_EXHAUSTED);
  }

  @Test
  void aOneTimePasswordIsGoodForChoosingAnother() {
    String oneTime = desk.reset(AIDA, false).oneTimePassword();
    Sessions.Opened opened = signIn.withPassword("aida", oneTime, OFFICE);
    assertThat(opened.session().stage()).isEqualTo(Session.Stage.PASSWORD_CHANGE);
    assertThat(kindOf(() -> signIn.changePassword(opened.secret(), oneTime, oneTime, OFFICE)))
        .isEqualTo(ErrorKind.INVALID_ARGUMENT);
    Sessions.Opened next = signIn.changePassword(opened.secret(), oneTime, NEXT, OFFICE);
    assertThat(next.session().stage()).isEqualTo(Session.Stage.COMPLETE);
    assertThat(signIn.withPassword("aida", NEXT, OFFICE).session().stage())
        .isEqualTo(Session.Stage.COMPLETE);
  }

  @Test
  void anotherPasswordEndsEverySession() {
    String one = in().secret();
    String other = in().secret();
    String next = signIn.changePassword(one, RIGHT, NEXT, OFFICE).secret();
    assertThat(signIn.find(one)).isEmpty();
    assertThat(signIn.find(other)).isEmpty();
    assertThat(signIn.find(next)).isPresent();
  }

  @Test
  void nobodyAtAnOpenScreenChangesThePasswordOrTheFactor() {
    String secret = in().secret();
    TotpSecret key = Totp.newSecret();
    String code = Totp.code(key, clock.now());
    assertThat(kindOf(() -> signIn.changePassword(secret, "guess", NEXT, OFFICE)))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(kindOf(() -> signIn.enrol(secret, "guess", key, code, OFFICE)))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(kindOf(() -> signIn.enrol(secret, RIGHT, key, "000", OFFICE)))
        .isEqualTo(ErrorKind.INVALID_ARGUMENT);
    assertThat(credentials.find(AIDA).orElseThrow().totp()).isNull();
  }

  @Test
  void aSessionIsGoodForItsStageOnly() {
    enrolled();
    String half = in().secret();
    assertThat(kindOf(() -> signIn.changePassword(half, RIGHT, NEXT, OFFICE)))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(kindOf(() -> signIn.withCode("no session at all", "123456", OFFICE)))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  void disablingEndsSessionsForGood() {
    String secret = in().secret();
    Account aida = accounts.find(AIDA).orElseThrow();
    Account off =
        desk.change(
            new Account(AIDA, aida.kind(), "Aida", true, null, aida.createdAt(), aida.version()));
    assertThat(signIn.find(secret)).isEmpty();
    desk.change(
        new Account(AIDA, aida.kind(), "Aida", false, null, aida.createdAt(), off.version()));
    assertThat(signIn.find(secret)).isEmpty();
  }

  @Test
  void aResetTakesTheFactorOffWhereAsked() {
    enrolled();
    desk.reset(AIDA, false);
    assertThat(credentials.find(AIDA).orElseThrow().totp()).isNotNull();
    desk.reset(AIDA, true);
    assertThat(credentials.find(AIDA).orElseThrow().totp()).isNull();
  }

  @Test
  void programsHaveNoPassword() {
    AccountId feed = new AccountId("feed");
    desk.createService(feed, "Feed");
    assertThatThrownBy(() -> desk.reset(feed, false)).hasMessageContaining("programs");
  }

  @ParameterizedTest
  @CsvSource({
    "PT29M59S, true",
    "PT30M, false",
    "PT13H, false",
    "-PT4M, true",
    "-PT6M, false",
  })
  void aSessionLastsSoLong(Duration later, boolean lasts) {
    String secret = in().secret();
    if (later.isNegative()) {
      clock.step(later);
    } else {
      clock.advance(later);
    }
    assertThat(signIn.find(secret).isPresent()).isEqualTo(lasts);
  }

  @Test
  void aBusySessionLastsAShiftAndNoLonger() {
    String secret = in().secret();
    Instant begin = clock.now();
    while (Duration.between(begin, clock.now()).compareTo(Duration.ofHours(12)) < 0) {
      assertThat(signIn.find(secret)).isPresent();
      clock.advance(Duration.ofMinutes(20));
    }
    assertThat(signIn.find(secret)).isEmpty();
  }
}
