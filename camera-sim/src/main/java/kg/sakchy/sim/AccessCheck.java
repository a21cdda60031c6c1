package kg.sakchy.sim;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import kg.sakchy.core.auth.BasicVerifier;
import kg.sakchy.core.auth.DigestAlgorithm;
import kg.sakchy.core.auth.DigestVerifier;
import kg.sakchy.media.rtsp.RtspRequest;
import org.jspecify.annotations.Nullable;

/** Asks one connection for the password of one camera. Threads: confined to the loop. */
abstract class AccessCheck {
  private static final String REALM = "Sakchy camera";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SimCamera camera;
  private final @Nullable SimAccess access;

  private AccessCheck(SimCamera camera, @Nullable SimAccess access) {
    this.camera = camera;
    this.access = access;
  }

  static AccessCheck of(SimCamera camera) {
    SimAccess access = camera.access();
    if (access == null) {
      return new Open(camera);
    }
    return switch (access.scheme()) {
      case BASIC -> new Basic(camera, access);
      case DIGEST_MD5 -> new Digest(camera, access, DigestAlgorithm.MD5);
      case DIGEST_SHA_256 -> new Digest(camera, access, DigestAlgorithm.SHA_256);
    };
  }

  boolean isFor(SimCamera other) {
    return camera == other && Objects.equals(access, other.access());
  }

  /** Value of the WWW-Authenticate field of a refusal, or null if the request may pass. */
  abstract @Nullable String challenge(RtspRequest request);

  /** Anybody may watch. */
  private static final class Open extends AccessCheck {
    Open(SimCamera camera) {
      super(camera, null);
    }

    @Override
    @Nullable String challenge(RtspRequest request) {
      return null;
    }
  }

  private static final class Basic extends AccessCheck {
    private final BasicVerifier verifier;

    Basic(SimCamera camera, SimAccess access) {
      super(camera, access);
      verifier = new BasicVerifier(access.credentials(), REALM);
    }

    @Override
    @Nullable String challenge(RtspRequest request) {
      return isOptions(request) || verifier.verify(request.headers().get("Authorization"))
          ? null
          : verifier.challenge();
    }
  }

  private static final class Digest extends AccessCheck {
    private final SimCamera camera;
    private final DigestVerifier verifier;
    private int generation;

    Digest(SimCamera camera, SimAccess access, DigestAlgorithm algorithm) {
      super(camera, access);
      this.camera = camera;
      verifier = new DigestVerifier(access.credentials(), REALM, algorithm, AccessCheck::nonce);
      generation = camera.nonceGeneration();
    }

    @Override
    @Nullable String challenge(RtspRequest request) {
      if (generation != camera.nonceGeneration()) {
        generation = camera.nonceGeneration();
        verifier.expire();
      }
      if (isOptions(request)) {
        return null;
      }
      DigestVerifier.Verdict verdict =
          verifier.verify(request.method(), request.headers().get("Authorization"));
      return verdict == DigestVerifier.Verdict.GRANTED ? null : verifier.challenge(verdict);
    }
  }

  /** Most cameras answer OPTIONS to anybody. */
  private static boolean isOptions(RtspRequest request) {
    return request.method().equals("OPTIONS");
  }

  private static String nonce() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
