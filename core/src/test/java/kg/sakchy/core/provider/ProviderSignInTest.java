package kg.sakchy.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryAccess;
import kg.sakchy.core.InMemoryAuditLog;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.access.BuiltInRoles;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.account.Account;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.account.Passwords;
import kg.sakchy.core.account.PlainHashing;
import kg.sakchy.core.account.Session;
import kg.sakchy.core.account.Sessions;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.audit.AuditAction;
import kg.sakchy.core.audit.AuditEvent;
import kg.sakchy.core.config.OidcConfig.GroupRole;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.UnitId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderSignInTest {
  private static final URI HERE = URI.create("http://localhost:8080/sign-in");
  private static final String OFFICE = "10.0.0.1";
  private static final String ISSUER = "https://id.example/realms/a";

  private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final InMemoryAccess access = new InMemoryAccess(new InMemoryCameraDirectory(), clock);
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final Sessions sessions = new Sessions(access.sessions(), clock);
  private final Passwords passwords =
      new Passwords(access.accounts(), access.credentials(), new PlainHashing(), clock);
  private final SignIn signIn =
      new SignIn(access.accounts(), access.credentials(), passwords, sessions, clock);
  private final AccountDesk desk =
      new AccountDesk(access.accounts(), access.credentials(), passwords, sessions, clock);
  private final ScriptedProvider provider = new ScriptedProvider();
  private final ProviderSignIn door =
      new ProviderSignIn(
          provider,
          new ProvidedAccounts(
              access.accounts(),
              access.roles(),
              List.of(
                  new GroupRole("watch", "operator", 1),
                  new GroupRole("lead", "senior operator", 1),
                  new GroupRole("lead", "auditor", 1),
                  new GroupRole("boss", "administrator", 1),
                  new GroupRole("watch", "astronaut", 1)),
              audit,
              clock),
          signIn,
          clock);

  /** Says what the test tells it to. */
  private static final class ScriptedProvider implements IdentityProvider {
    private ProvedIdentity identity = identity("1", "aida");
    private Optional<VmsException> failure = Optional.empty();

    @Override
    public String name() {
      return "The ministry";
    }

    @Override
    public URI signInAddress(SignInTicket ticket, URI returnTo) {
      return URI.create(ISSUER + "/auth?state=" + ticket.state());
    }

    @Override
    public ProvedIdentity prove(SignInTicket ticket, URI returnTo, ProviderAnswer answer) {
      failure.ifPresent(
          e -> {
            throw e;
          });
      return identity;
    }

    @Override
    public Optional<URI> signOutAddress(URI returnTo) {
      return Optional.of(URI.create(ISSUER + "/out"));
    }
  }

  private static ProvedIdentity identity(String subject, String name, String... groups) {
    return new ProvedIdentity(ISSUER, subject, name, "Person " + name, Set.of(groups));
  }

  private Sessions.Opened come(ProvedIdentity identity) {
    provider.identity = identity;
    SignInTicket ticket = door.begin(HERE).ticket();
    return finish(ticket, ticket.state());
  }

  private Sessions.Opened finish(SignInTicket ticket, String state) {
    return door.finish(ticket.value(), HERE, new ProviderAnswer("code", state, null), OFFICE);
  }

  private static void assertRefused(ErrorKind kind, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private List<String> rolesOf(AccountId account) {
    return access.roles().assignments(account).stream().map(RoleAssignment::role).toList();
  }

  @BeforeEach
  void administrator() {
    access.person("admin", BuiltInRoles.ADMINISTRATOR, UnitId.ROOT);
  }

  @Test
  void theFirstSignInMakesAnAccountAndTheNextFindsIt() {
    Sessions.Opened first = come(identity("1", "Aida.Asanova@Example.kg", "watch"));
    Account aida = first.account();
    assertThat(first.session().stage()).isEqualTo(Session.Stage.COMPLETE);
    assertThat(aida.id().value()).isEqualTo("aida.asanovaexample.kg");
    assertThat(aida.subject()).isEqualTo(ISSUER + " 1");
    assertThat(aida.displayName()).isEqualTo("Person Aida.Asanova@Example.kg");
    assertThat(come(identity("1", "aida.bekova", "watch")).account()).isEqualTo(aida);
    assertThat(access.accounts().list(null, 10)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "admin, admin-[0-9a-f]{8}",
    "Admin, admin-[0-9a-f]{8}",
    "аdmin, dmin", // a Cyrillic letter that looks like an a is no letter here
    "'', person",
    "../../x, x",
    "---, person",
  })
  void aNameThatIsTakenStaysItsOwners(String name, String becomes) {
    assertThat(come(identity("1", name)).account().id().value()).matches(becomes);
    assertThat(access.accounts().find(new AccountId("admin")).orElseThrow().subject()).isNull();
  }

  @Test
  void groupsGiveRolesAndTakeThemAgain() {
    AccountId aida = come(identity("1", "aida", "watch", "lead", "unheard of")).account().id();
    assertThat(rolesOf(aida)).containsExactlyInAnyOrder("operator", "senior operator", "auditor");
    access.roles().assign(aida, "investigator", UnitId.ROOT, null, null);
    come(identity("1", "aida", "watch"));
    assertThat(rolesOf(aida)).containsExactlyInAnyOrder("operator", "investigator");
    come(identity("1", "aida"));
    assertThat(rolesOf(aida)).containsExactly("investigator");
  }

  @Test
  void anAdministratorOfTheProviderDoesNotReplaceTheLastOneOfTheServer() {
    come(identity("1", "aida", "boss"));
    RoleAssignment last = access.roles().assignments(new AccountId("admin")).getFirst();
    assertRefused(ErrorKind.FAILED_PRECONDITION, () -> access.roles().revoke(last.number()));
    come(identity("1", "aida"));
    assertThat(rolesOf(new AccountId("aida"))).isEmpty();
  }

  @Test
  void aDisabledAccountStaysOutAndItsRolesAsTheyAre() {
    Account aida = come(identity("1", "aida", "watch")).account();
    desk.change(
        new Account(aida.id(), aida.kind(), "Aida", true, aida.subject(), aida.createdAt(), 1));
    assertRefused(ErrorKind.PERMISSION_DENIED, () -> come(identity("1", "aida", "watch", "boss")));
    assertThat(rolesOf(aida.id())).containsExactly("operator");
    AuditEvent refused = audit.all().getLast();
    assertThat(refused.actor()).isEqualTo("aida");
    assertThat(refused.result()).isEqualTo(AuditEvent.Result.REFUSED);
  }

  @Test
  void aTicketIsForItsOwnAnswerAndForOneAttempt() {
    SignInTicket ticket = door.begin(HERE).ticket();
    SignInTicket other = door.begin(HERE).ticket();
    assertRefused(ErrorKind.UNAUTHENTICATED, () -> finish(ticket, other.state()));
    assertRefused(
        ErrorKind.UNAUTHENTICATED,
        () -> finish(new SignInTicket("no ticket"), new SignInTicket("no ticket").state()));
    finish(ticket, ticket.state());
    assertRefused(ErrorKind.UNAUTHENTICATED, () -> finish(ticket, ticket.state()));
  }

  @ParameterizedTest
  @CsvSource({"PT9M59S, true", "PT10M, false", "-PT1M, true", "-PT2M, false"})
  void aTicketLastsTenMinutes(Duration later, boolean lasts) {
    SignInTicket ticket = SignInTicket.issue(clock.now());
    assertThat(ticket.holdsAt(clock.now().plus(later))).isEqualTo(lasts);
  }

  @Test
  void whatFollowsFromATicketTellsNothingOfIt() {
    SignInTicket ticket = SignInTicket.issue(clock.now());
    assertThat(List.of(ticket.state(), ticket.nonce(), ticket.verifier(), ticket.challenge()))
        .doesNotHaveDuplicates()
        .allMatch(each -> each.matches("[A-Za-z0-9_-]{43}"));
    assertThat(ticket.toString()).doesNotContain(ticket.value());
  }

  @Test
  void signInsAreRecordedAsOthersAre() {
    come(identity("1", "aida", "watch"));
    assertThat(audit.all())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.CHANGE_ACCOUNT, AuditAction.CHANGE_ROLE, AuditAction.SIGN_IN);
    assertThat(audit.all())
        .allSatisfy(
            event -> {
              assertThat(event.actor()).isEqualTo("aida");
              assertThat(event.origin()).isEqualTo("provider from " + OFFICE);
            });
    assertThat(audit.all().get(1).details())
        .containsEntry("given", "operator over 1")
        .containsEntry("notThere", "astronaut over 1");
    provider.failure = Optional.of(new VmsException(ErrorKind.UNAUTHENTICATED, "a wrong nonce"));
    assertRefused(ErrorKind.UNAUTHENTICATED, () -> come(identity("1", "aida")));
    assertThat(audit.all().getLast().result()).isEqualTo(AuditEvent.Result.REFUSED);
    assertThat(audit.all().getLast().actor()).isEmpty();
  }

  @Test
  void whoTriesTooOftenMustWaitButNotBecauseTheProviderIsAway() {
    provider.failure = Optional.of(new VmsException(ErrorKind.UNAVAILABLE, "away"));
    for (int i = 0; i < 30; i++) {
      assertRefused(ErrorKind.UNAVAILABLE, () -> come(identity("1", "aida")));
    }
    provider.failure = Optional.of(new VmsException(ErrorKind.UNAUTHENTICATED, "no"));
    for (int i = 0; i < 20; i++) {
      assertRefused(ErrorKind.UNAUTHENTICATED, () -> come(identity("1", "aida")));
    }
    assertRefused(ErrorKind.RESOURCE_EXHAUSTED, () -> come(identity("1", "aida")));
  }

  @Test
  void thereIsNoPasswordBesideTheProvider() {
    AccountId aida = come(identity("1", "aida")).account().id();
    assertRefused(ErrorKind.FAILED_PRECONDITION, () -> desk.reset(aida, false));
    assertRefused(
        ErrorKind.UNAUTHENTICATED, () -> signIn.withPassword("aida", "a password", OFFICE));
  }

  @Test
  void whoCameFromTheProviderSignsOutThereToo() {
    Account aida = come(identity("1", "aida")).account();
    assertThat(door.signOutAddress(aida, HERE)).isPresent();
    Account admin = access.accounts().find(new AccountId("admin")).orElseThrow();
    assertThat(door.signOutAddress(admin, HERE)).isEmpty();
  }
}
