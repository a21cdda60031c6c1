package kg.sakchy.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import kg.sakchy.core.camera.Credentials;
import org.junit.jupiter.api.Test;

class HttpAuthenticatorTest {
  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");

  /** RFC 7616 §3.9.1. */
  @Test
  void theExamplesOfTheStandard() {
    String common =
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
            + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", algorithm=";
    HttpAuthenticator authenticator =
        new HttpAuthenticator(MUFASA, () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

    assertThat(authenticator.challenge(List.of(common + "MD5"))).isTrue();
    assertThat(authenticator.authorization("GET", "/dir/index.html"))
        .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
        .contains("nc=00000001")
        .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    authenticator.accepted();

    assertThat(authenticator.challenge(List.of(common + "MD5", common + "SHA-256"))).isTrue();
    assertThat(authenticator.authorization("GET", "/dir/index.html"))
        .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"")
        .contains("algorithm=SHA-256");
  }

  /** The hash was computed by another program. */
  @Test
  void sessionVariants() {
    HttpAuthenticator authenticator = new HttpAuthenticator(MUFASA, () -> "0a4f113b");
    assertThat(
            authenticator.challenge(
                List.of(
                    "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", nonce=\"n1\","
                        + " algorithm=MD5-sess")))
        .isTrue();
    assertThat(authenticator.authorization("GET", "/dir/index.html"))
        .contains("response=\"cc5297f132ae3774a0b8e8627f1f2470\"")
        .contains("algorithm=MD5-sess");
    assertThat(
            new HttpAuthenticator(MUFASA)
                .challenge(List.of("Digest realm=\"r\", nonce=\"1\", algorithm=MD5-sess")))
        .as("without qop there is no client nonce to hash")
        .isFalse();
  }

  @Test
  void neverSendsThePasswordIfToldSo() {
    HttpAuthenticator authenticator = HttpAuthenticator.withoutBasic(MUFASA);
    assertThat(authenticator.challenge(List.of("Basic realm=\"a\""))).isFalse();
    assertThat(authenticator.authorization("GET", "/")).isNull();
    assertThat(
            authenticator.challenge(List.of("Basic realm=\"a\", Digest realm=\"a\", nonce=\"1\"")))
        .isTrue();
    assertThat(authenticator.authorization("GET", "/")).startsWith("Digest");
  }

  @Test
  void takesTheStrongestOfOneFieldWithManyChallenges() {
    HttpAuthenticator authenticator = new HttpAuthenticator(MUFASA);
    assertThat(
            authenticator.challenge(
                List.of(
                    "Basic realm=\"a, b\", Digest realm=\"c\", nonce=\"1\", algorithm=SHA-256, "
                        + "Digest realm=\"d\", nonce=\"2\", Negotiate abc==")))
        .isTrue();
    assertThat(authenticator.authorization("OPTIONS", "*"))
        .startsWith("Digest")
        .contains("realm=\"c\"", "algorithm=SHA-256")
        .doesNotContain("qop", "opaque");
  }

  @Test
  void saysNothingUntilAsked() {
    assertThat(new HttpAuthenticator(MUFASA).authorization("OPTIONS", "*")).isNull();
  }

  @Test
  void givesUpWhenTheCredentialsAreRefused() {
    HttpAuthenticator authenticator = new HttpAuthenticator(MUFASA);
    assertThat(authenticator.challenge(List.of("Digest realm=\"r\", nonce=\"1\""))).isTrue();
    authenticator.authorization("DESCRIBE", "rtsp://h/");
    assertThat(authenticator.challenge(List.of("Digest realm=\"r\", nonce=\"2\""))).isFalse();
  }

  @Test
  void goesOnWhenANonceRunsOut() {
    HttpAuthenticator authenticator = new HttpAuthenticator(MUFASA);
    authenticator.challenge(List.of("Digest realm=\"r\", nonce=\"1\""));
    authenticator.authorization("DESCRIBE", "rtsp://h/");
    assertThat(authenticator.challenge(List.of("Digest realm=\"r\", nonce=\"2\", stale=TRUE")))
        .isTrue();
    assertThat(authenticator.authorization("DESCRIBE", "rtsp://h/")).contains("nonce=\"2\"");
    authenticator.accepted();
    authenticator.authorization("PLAY", "rtsp://h/");
    authenticator.accepted();
    assertThat(authenticator.challenge(List.of("Digest realm=\"r\", nonce=\"3\""))).isTrue();
  }

  @Test
  void refusesChallengesItCannotAnswer() {
    HttpAuthenticator authenticator = new HttpAuthenticator(MUFASA);
    assertThat(authenticator.challenge(List.of())).isFalse();
    assertThat(authenticator.challenge(List.of("Negotiate abc"))).isFalse();
    assertThat(
            authenticator.challenge(
                List.of("Digest realm=\"r\", nonce=\"1\", algorithm=SHA-512-256")))
        .isFalse();
    assertThat(
            authenticator.challenge(List.of("Digest realm=\"r\", nonce=\"1\", qop=\"auth-int\"")))
        .isFalse();
    assertThat(authenticator.authorization("OPTIONS", "*")).isNull();
  }

  @Test
  void ourVerifierAgrees() {
    Iterator<String> nonces = IntStream.range(0, 100).mapToObj(i -> "n" + i).iterator();
    Credentials odd = new Credentials("op\"erator", "пароль:@/\\");
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      DigestVerifier verifier = new DigestVerifier(odd, "Sakchy", algorithm, nonces::next);
      HttpAuthenticator authenticator = new HttpAuthenticator(odd);
      assertThat(verifier.verify("PLAY", null)).isEqualTo(DigestVerifier.Verdict.REFUSED);
      authenticator.challenge(List.of(verifier.challenge(DigestVerifier.Verdict.REFUSED)));
      String authorization = authenticator.authorization("PLAY", "rtsp://h/a?b=\"c\"");
      assertThat(verifier.verify("PLAY", authorization)).isEqualTo(DigestVerifier.Verdict.GRANTED);
      assertThat(verifier.verify("PAUSE", authorization)).isEqualTo(DigestVerifier.Verdict.REFUSED);
      verifier.expire();
      assertThat(verifier.verify("PLAY", authorization)).isEqualTo(DigestVerifier.Verdict.STALE);
      assertThat(authenticator.challenge(List.of(verifier.challenge(DigestVerifier.Verdict.STALE))))
          .isTrue();
      HttpAuthenticator wrong = new HttpAuthenticator(new Credentials("op\"erator", "x"));
      wrong.challenge(List.of(verifier.challenge(DigestVerifier.Verdict.REFUSED)));
      assertThat(verifier.verify("PLAY", wrong.authorization("PLAY", "rtsp://h/")))
          .isEqualTo(DigestVerifier.Verdict.REFUSED);
    }
  }

  @Test
  void basicForBothSides() {
    BasicVerifier verifier = new BasicVerifier(new Credentials("Aladdin", "open sesame"), "x");
    HttpAuthenticator authenticator = new HttpAuthenticator(verifier.credentials());
    assertThat(authenticator.challenge(List.of(verifier.challenge()))).isTrue();
    // RFC 7617 §2.
    assertThat(authenticator.authorization("OPTIONS", "*"))
        .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertThat(verifier.verify("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")).isTrue();
    assertThat(verifier.verify("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ")).isFalse();
    assertThat(verifier.verify(null)).isFalse();
  }
}
