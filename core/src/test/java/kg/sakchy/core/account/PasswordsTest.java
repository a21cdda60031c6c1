package kg.sakchy.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryAccountStore;
import kg.sakchy.core.InMemoryCredentialStore;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final AccountId AIDA = new AccountId("aida");
  private static final String RIGHT = "a long password";
  private static final String OFFICE = "10.0.0.1";
  private static final String STRANGER = "203.0.113.9";

  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final InMemoryAccountStore accounts = new InMemoryAccountStore();
  private final InMemoryCredentialStore credentials = new InMemoryCredentialStore(accounts);
  private final PlainHashing hashing = new PlainHashing();
  private Passwords passwords = restarted();

  private Passwords restarted() {
    return new Passwords(accounts, credentials, hashing, clock);
  }

  @BeforeEach
  void people() {
    for (String name : new String[] {"aida", "bakyt"}) {
      AccountId id = new AccountId(name);
      accounts.create(new Account(id, Account.Kind.PERSON, name, false, null, clock.now(), 1));
      passwords.choose(id, RIGHT);
    }
  }

  private VmsException refusal(String name, String password, String address) {
    return catchThrowableOfType(VmsException.class, () -> passwords.check(name, password, address));
  }

  @Test
  void theRightPasswordProvesIt() {
    assertThat(passwords.check("aida", RIGHT, OFFICE).account().id()).isEqualTo(AIDA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aida",
        "nobody",
        "",
        "AIDA",
        "аidа",
        "aida\r\nSet-Cookie: x=y",
        "aida' OR '1'='1"
      })
  void whatIsWrongIsNotTold(String name) {
    VmsException refusal = refusal(name, "not the password", OFFICE);
    assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(refusal).hasMessage("the name or the password is wrong");
    assertThat(hashing.compared()).as("the same work").isEqualTo(1);
  }

  @Test
  void aDisabledAccountIsAnsweredAsAWrongPassword() {
    Account aida = accounts.find(AIDA).orElseThrow();
    accounts.change(
        new Account(AIDA, aida.kind(), "Aida", true, null, aida.createdAt(), aida.version()));
    assertThat(refusal("aida", RIGHT, OFFICE)).hasMessage("the name or the password is wrong");
    assertThat(hashing.compared()).isEqualTo(1);
  }

  @Test
  void hugeNamesAndPasswordsCostNothing() {
    String huge = "x".repeat(10_000_000);
    assertThat(refusal(huge, huge, OFFICE).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  void aThousandGuessesAtOneAccountAreHeldOffAndOthersComeIn() {
    int held = 0;
    for (int i = 0; i < 1_000; i++) {
      String network = "198.51." + i / 250 + "." + i % 250;
      held += refusal("aida", "guess " + i, network).kind() == ErrorKind.RESOURCE_EXHAUSTED ? 1 : 0;
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(held).isEqualTo(995);
    assertThat(hashing.compared()).isEqualTo(5);
    assertThatCode(() -> passwords.check("bakyt", RIGHT, OFFICE)).doesNotThrowAnyException();
  }

  @Test
  void aThousandGuessesFromOneAddressAreHeldOffAndOthersComeIn() {
    int held = 0;
    for (int i = 0; i < 1_000; i++) {
      held += refusal("name" + i, "guess", STRANGER).kind() == ErrorKind.RESOURCE_EXHAUSTED ? 1 : 0;
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(held).isEqualTo(980);
    assertThat(hashing.compared()).isEqualTo(20);
    assertThatCode(() -> passwords.check("aida", RIGHT, OFFICE)).doesNotThrowAnyException();
  }

  @Test
  void aStubbornNeighbourHoldsNobodyElseOff() {
    for (int i = 0; i < 100; i++) {
      refusal("bakyt", "forgotten", OFFICE);
    }
    assertThatCode(() -> passwords.check("aida", RIGHT, OFFICE)).doesNotThrowAnyException();
  }

  @Test
  void anUnknownAccountIsHeldOffAsAKnownOne() {
    for (int i = 0; i < 5; i++) {
      assertThat(refusal("nobody", "x", STRANGER).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
      assertThat(refusal("aida", "x", STRANGER).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
    }
    assertThat(refusal("nobody", "x", STRANGER))
        .hasMessage(refusal("aida", "x", STRANGER).getMessage());
    assertThat(refusal("nobody", "x", STRANGER).context())
        .isEqualTo(refusal("aida", "x", STRANGER).context());
  }

  @Test
  void aStrangersGuessesDoNotLockTheOwnerOut() {
    passwords.check("aida", RIGHT, OFFICE);
    for (int i = 0; i < 100; i++) {
      refusal("aida", "guess", STRANGER);
    }
    assertThatCode(() -> passwords.check("aida", RIGHT, OFFICE)).doesNotThrowAnyException();
    assertThat(refusal("aida", RIGHT, STRANGER).kind()).isEqualTo(ErrorKind.RESOURCE_EXHAUSTED);
  }

  @Test
  void aRestartFreesNobody() {
    for (int i = 0; i < 5; i++) {
      refusal("aida", "guess", STRANGER);
    }
    passwords = restarted();
    clock.step(Duration.ofDays(-30)); // nor makes a clock that was set back anybody wait for long
    assertThat(refusal("aida", RIGHT, OFFICE).context())
        .containsEntry(VmsException.RETRY_AFTER_SECONDS, 2L);
    clock.step(Duration.ofDays(30).plusSeconds(1));
    assertThatCode(() -> passwords.check("aida", RIGHT, OFFICE)).doesNotThrowAnyException();
    assertThat(credentials.find(AIDA).orElseThrow().failures()).isZero();
  }

  @Test
  void anOutdatedHashIsMadeAnewAtSignIn() {
    credentials.setPassword(AIDA, PlainHashing.outdated(RIGHT), true);
    passwords.check("aida", RIGHT, OFFICE);
    Credential now = credentials.find(AIDA).orElseThrow();
    assertThat(now.password()).isEqualTo(hashing.hash(RIGHT));
    assertThat(now.mustChange()).as("stays").isTrue();
  }

  @Test
  void nothingOfASecretPrints() {
    Credential stored = credentials.find(AIDA).orElseThrow();
    assertThat(stored.toString()).doesNotContain(RIGHT);
    assertThat(passwords.check("aida", RIGHT, OFFICE).toString()).doesNotContain(RIGHT);
  }
}
