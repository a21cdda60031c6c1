package kg.sakchy.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.config.OidcConfig;
import kg.sakchy.core.config.Secret;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.provider.ProvedIdentity;
import kg.sakchy.core.provider.ProviderAnswer;
import kg.sakchy.core.provider.SignInTicket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OidcProviderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final URI HERE = URI.create("http://localhost:8080/sign-in");

  private final FakeClock clock = new FakeClock(NOW);
  private final TestProvider there = TestProvider.start(clock);
  private final OidcProvider provider = new OidcProvider(there.config(), clock);
  private final HttpClient browser = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    browser.close();
    provider.close();
    there.close();
  }

  /** Goes where the provider sends a browser, and comes back. */
  private Map<String, String> visit(SignInTicket ticket) {
    try {
      HttpResponse<Void> sent =
          browser.send(
              HttpRequest.newBuilder(provider.signInAddress(ticket, HERE)).build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(sent.statusCode()).isEqualTo(302);
      return TestProvider.answered(URI.create(sent.headers().firstValue("Location").orElseThrow()));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ProviderAnswer answer(Map<String, String> brought) {
    return new ProviderAnswer(
        brought.getOrDefault("code", ""), brought.getOrDefault("state", ""), brought.get("iss"));
  }

  private ProvedIdentity signIn() {
    SignInTicket ticket = SignInTicket.issue(clock.now());
    return provider.prove(ticket, HERE, answer(visit(ticket)));
  }

  private static VmsException failure(Runnable work) {
    return catchThrowableOfType(VmsException.class, work::run);
  }

  private void assertRefused(Runnable work) {
    assertThat(failure(work).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
  }

  @Test
  void saysWhoItIs() {
    assertThat(signIn())
        .isEqualTo(
            new ProvedIdentity(
                there.issuer(), "4711", "aida", "Aida Asanova", Set.of("watch", "others")));
    assertThat(provider.name()).isEqualTo("The ministry");
  }

  @Test
  void asksByTheCodeFlowWithAChallenge() {
    SignInTicket ticket = SignInTicket.issue(clock.now());
    Map<String, String> asked = TestProvider.answered(provider.signInAddress(ticket, HERE));
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("scope", "openid profile email")
        .containsEntry("redirect_uri", HERE.toString())
        .containsEntry("state", ticket.state())
        .containsEntry("nonce", ticket.nonce())
        .containsEntry("code_challenge", ticket.challenge())
        .containsEntry("code_challenge_method", "S256");
    assertThat(asked.values()).doesNotContain(ticket.verifier(), ticket.value());
  }

  static Stream<Arguments> lies() {
    return Stream.<Map.Entry<String, UnaryOperator<JWTClaimsSet.Builder>>>of(
            Map.entry("a wrong nonce", claims -> claims.claim("nonce", "other")),
            Map.entry("no nonce", claims -> claims.claim("nonce", null)),
            Map.entry("a nonce that is no text", claims -> claims.claim("nonce", 7)),
            Map.entry("a foreign issuer", claims -> claims.issuer("https://id.attacker.example")),
            Map.entry("no issuer", claims -> claims.issuer(null)),
            Map.entry("another audience", claims -> claims.audience("others")),
            Map.entry("no audience", claims -> claims.audience((String) null)),
            Map.entry("several audiences", claims -> claims.audience(List.of("sakchy", "others"))),
            Map.entry("another party", claims -> claims.claim("azp", "others")),
            Map.entry("an end long ago", claims -> claims.expirationTime(at(-61))),
            Map.entry("no end", claims -> claims.expirationTime(null)),
            Map.entry("an end before all time", claims -> claims.claim("exp", Long.MAX_VALUE)),
            Map.entry("a beginning to come", claims -> claims.notBeforeTime(at(61))),
            Map.entry("made in the future", claims -> claims.issueTime(at(61))),
            Map.entry("made never", claims -> claims.issueTime(null)),
            Map.entry("nobody", claims -> claims.subject(null)),
            Map.entry("a long name", claims -> claims.subject("x".repeat(256))))
        .map(lie -> Arguments.argumentSet(lie.getKey(), lie.getValue()));
  }

  private static Date at(int seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void aTokenThatSaysSomethingElseIsRefused(UnaryOperator<JWTClaimsSet.Builder> lie) {
    there.claims = lie;
    assertRefused(this::signIn);
    there.claims = UnaryOperator.identity();
    signIn();
  }

  @Test
  void clocksMayBeAMinuteApart() {
    there.claims = claims -> claims.expirationTime(at(-59)).issueTime(at(59));
    signIn();
    there.claims = claims -> claims.audience(List.of("others", "sakchy")).claim("azp", "sakchy");
    signIn();
  }

  static Stream<Arguments> forgeries() {
    return Stream.<Map.Entry<String, Function<TestProvider, Function<JWTClaimsSet, String>>>>of(
            Map.entry("alg none", there -> told -> new PlainJWT(told).serialize()),
            Map.entry(
                "HS256 with the public key as its secret",
                there ->
                    told -> {
                      byte[] secret = publicBytes(there.key());
                      return signed(
                          there.key(), told, JWSAlgorithm.HS256, () -> new MACSigner(secret));
                    }),
            Map.entry(
                "another key of the same name",
                there ->
                    told ->
                        signed(
                            there.key(),
                            told,
                            JWSAlgorithm.RS256,
                            () -> new RSASSASigner(TestProvider.newKey()))),
            Map.entry(
                "a key that nobody knows",
                there -> told -> TestProvider.signed(told, TestProvider.newKey())),
            Map.entry(
                "RS512, which nobody allowed",
                there ->
                    told ->
                        signed(
                            there.key(),
                            told,
                            JWSAlgorithm.RS512,
                            () -> new RSASSASigner(there.key()))),
            Map.entry(
                "no signature", there -> told -> there.signed(told).replaceFirst("[.][^.]*$", ".")),
            Map.entry(
                "another body",
                there ->
                    told -> {
                      String[] right = there.signed(told).split("[.]", 3);
                      JWTClaimsSet other = new JWTClaimsSet.Builder(told).subject("1").build();
                      return right[0]
                          + "."
                          + there.signed(other).split("[.]", 3)[1]
                          + "."
                          + right[2];
                    }),
            Map.entry("no token", there -> told -> "x.y.z"),
            Map.entry("nothing", there -> told -> ""))
        .map(forgery -> Arguments.argumentSet(forgery.getKey(), forgery.getValue()));
  }

  private interface Signers {
    JWSSigner make() throws JOSEException;
  }

  private static String signed(
      RSAKey named, JWTClaimsSet told, JWSAlgorithm algorithm, Signers signers) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(algorithm).keyID(named.getKeyID()).build(), told);
      token.sign(signers.make());
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] publicBytes(RSAKey key) {
    try {
      return key.toPublicKey().getEncoded();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aTokenThatTheProviderDidNotSignIsRefused(
      Function<TestProvider, Function<JWTClaimsSet, String>> forgery) {
    there.signing = forgery.apply(there);
    assertRefused(this::signIn);
    there.signing = there::signed;
    signIn();
  }

  @FuzzTest
  void whatIsNoTokenIsRefusedAndNothingElse(byte[] input) {
    there.signing = told -> new String(input, StandardCharsets.UTF_8);
    assertRefused(this::signIn);
  }

  @ParameterizedTest
  @CsvSource({"PS256", "RS256"})
  void theOtherAlgorithmOfTheSameKeyWillDo(String algorithm) {
    there.signing =
        told ->
            signed(
                there.key(),
                told,
                JWSAlgorithm.parse(algorithm),
                () -> new RSASSASigner(there.key()));
    assertThat(signIn().subject()).isEqualTo("4711");
  }

  @Test
  void aKeyOfACurveWillDo() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    there.published = List.of(there.key().toPublicJWK(), key.toPublicJWK());
    there.signing =
        told -> {
          try {
            SignedJWT token =
                new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("curve").build(), told);
            token.sign(new ECDSASigner(key));
            return token.serialize();
          } catch (JOSEException e) {
            throw new AssertionError(e);
          }
        };
    assertThat(signIn().subject()).isEqualTo("4711");
  }

  @Test
  void newKeysAreFoundAndOldOnesForgotten() {
    signIn();
    signIn();
    assertThat(there.keysRead()).isEqualTo(1);
    RSAKey old = there.key();
    there.rotate();
    signIn();
    assertThat(there.keysRead()).isEqualTo(2);
    there.signing = told -> TestProvider.signed(told, old);
    assertRefused(this::signIn);
  }

  @Test
  void aKeyThatWasWithdrawnGoesAfterFiveMinutes() {
    signIn();
    RSAKey old = there.key();
    there.rotate();
    there.signing = told -> TestProvider.signed(told, old);
    signIn();
    clock.advance(Duration.ofMinutes(5));
    assertRefused(this::signIn);
  }

  @Test
  void aCodeIsGoodOnceAndForItsOwnSignIn() {
    SignInTicket ticket = SignInTicket.issue(clock.now());
    SignInTicket other = SignInTicket.issue(clock.now());
    ProviderAnswer answer = answer(visit(ticket));
    ProviderAnswer stolen = answer(visit(other));
    provider.prove(ticket, HERE, answer);
    assertRefused(() -> provider.prove(ticket, HERE, answer));
    assertRefused(() -> provider.prove(ticket, HERE, stolen));
  }

  @Test
  void anAnswerOfAnotherProviderIsRefused() {
    SignInTicket ticket = SignInTicket.issue(clock.now());
    Map<String, String> brought = visit(ticket);
    for (String issuer : new String[] {"https://id.attacker.example", "", null}) {
      assertRefused(
          () ->
              provider.prove(
                  ticket,
                  HERE,
                  new ProviderAnswer(brought.getOrDefault("code", ""), "state", issuer)));
    }
  }

  @Test
  void groupsThatAreNoTextsAreNone() {
    there.claims = claims -> claims.claim("groups", List.of("watch", 7, List.of("boss")));
    assertThat(signIn().groups()).containsExactly("watch");
    there.claims = claims -> claims.claim("groups", "watch");
    assertThat(signIn().groups()).containsExactly("watch");
    there.claims = claims -> claims.claim("groups", Map.of("watch", true));
    assertThat(signIn().groups()).isEmpty();
  }

  static Stream<Arguments> descriptions() {
    return Stream.<Map.Entry<String, UnaryOperator<JsonObject>>>of(
            Map.entry("of another", it -> it.put("issuer", "https://id.attacker.example")),
            Map.entry("without keys", it -> it.putNull("jwks_uri")),
            Map.entry("in clear", it -> it.put("token_endpoint", "http://id.example/token")),
            Map.entry("a file", it -> it.put("jwks_uri", "file:///etc/passwd")),
            Map.entry("a number", it -> it.put("authorization_endpoint", 7)),
            Map.entry("long", it -> it.put("more", "x".repeat(300_000))))
        .map(one -> Arguments.argumentSet(one.getKey(), one.getValue()));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void aProviderThatDescribesItselfWronglyIsAway(UnaryOperator<JsonObject> description) {
    there.description = description;
    assertThat(failure(this::signIn).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
  }

  @Test
  void aProviderThatIsAwayIsAskedAgainTheNextTime() {
    there.up = false;
    assertThat(failure(this::signIn).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(provider.signOutAddress(HERE)).isEmpty();
    there.up = true;
    signIn();
    assertThat(provider.signOutAddress(HERE).orElseThrow())
        .hasToString(
            there.issuer() + "/logout?" + provider.signOutAddress(HERE).orElseThrow().getRawQuery())
        .hasParameter("client_id", "sakchy")
        .hasParameter("post_logout_redirect_uri", HERE.toString());
  }

  @Test
  void aWrongSecretIsTheServersFault() {
    OidcConfig right = there.config();
    OidcConfig wrong =
        new OidcConfig(
            right.issuer(),
            right.clientId(),
            new Secret("hunter2"),
            "",
            right.scopes(),
            right.userNameClaim(),
            right.groupsClaim(),
            right.roles());
    SignInTicket ticket = SignInTicket.issue(clock.now());
    ProviderAnswer answer = answer(visit(ticket));
    try (OidcProvider other = new OidcProvider(wrong, clock)) {
      VmsException failure = failure(() -> other.prove(ticket, HERE, answer));
      assertThat(failure.kind()).isEqualTo(ErrorKind.FAILED_PRECONDITION);
      assertThat(failure)
          .hasMessageContaining("oidc.clientSecret")
          .hasMessageNotContaining("hunter2");
      assertThat(other.name()).isEqualTo("127.0.0.1");
    }
  }
}
