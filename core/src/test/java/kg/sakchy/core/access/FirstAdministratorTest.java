package kg.sakchy.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryAccess;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Passwords;
import kg.sakchy.core.account.PlainHashing;
import kg.sakchy.core.account.Session;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.organisation.UnitId;
import org.junit.jupiter.api.Test;

class FirstAdministratorTest {
  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final InMemoryAccess access = new InMemoryAccess(new InMemoryCameraDirectory(), clock);
  private final Passwords passwords =
      new Passwords(access.accounts(), access.credentials(), new PlainHashing(), clock);
  private final Sessions sessions = new Sessions(access.sessions(), clock);
  private final AccountDesk desk =
      new AccountDesk(access.accounts(), access.credentials(), passwords, sessions, clock);
  private final SignIn signIn =
      new SignIn(access.accounts(), access.credentials(), passwords, sessions, clock);
  private final FirstAdministrator first =
      new FirstAdministrator(access.accounts(), access.credentials(), desk, access.roles());

  private Sessions.Opened in(String password) {
    return signIn.withPassword("admin", password, "127.0.0.1");
  }

  @Test
  void aNewServerHasOneWhoMustChooseAPassword() {
    Sessions.Opened opened = in(first.issue().orElseThrow());
    assertThat(opened.session().stage()).isEqualTo(Session.Stage.PASSWORD_CHANGE);
    assertThat(access.policy().allows(FirstAdministrator.ID, Right.MANAGE_PEOPLE, UnitId.ROOT))
        .isTrue();
    assertThat(access.policy().allows(FirstAdministrator.ID, Right.AUDIT, UnitId.ROOT)).isFalse();
  }

  @Test
  void untilThenEachStartGivesAnotherPassword() {
    String lost = first.issue().orElseThrow();
    String next = first.issue().orElseThrow();
    assertThat(next).isNotEqualTo(lost).hasSizeGreaterThan(20);
    Sessions.Opened opened = in(next);
    signIn.changePassword(opened.secret(), next, "a password of my own", "127.0.0.1");
    assertThat(first.issue()).isEmpty();
  }

  @Test
  void aStartThatWasInterruptedIsMadeGood() {
    desk.createPerson(FirstAdministrator.ID, "Administrator");
    assertThat(first.issue()).isPresent();
    assertThat(access.roles().assignments(FirstAdministrator.ID)).hasSize(1);
  }

  @Test
  void whereSomebodyIsNobodyIsMade() {
    desk.createPerson(new AccountId("aida"), "Aida");
    assertThat(first.issue()).isEmpty();
    assertThat(access.accounts().find(FirstAdministrator.ID)).isEmpty();
  }
}
