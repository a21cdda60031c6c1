package kg.sakchy.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.organisation.UnitId;
import org.jspecify.annotations.Nullable;

/**
 * Allows everything: until people sign in, everybody on this machine is the one operator.
 *
 * <p>Threads: safe for use by many threads; pages of cameras block as the directory does.
 *
 * @param directory the cameras there are
 */
record OpenPolicy(CameraDirectory directory) implements AccessPolicy {
  @Override
  public boolean allows(AccountId account, Right right, CameraId camera) {
    return true;
  }

  @Override
  public boolean allows(AccountId account, Right right, UnitId unit) {
    return true;
  }

  @Override
  public boolean allowsSomewhere(AccountId account, Right right) {
    return true;
  }

  @Override
  public Optional<Instant> archiveSince(AccountId account, Right right, CameraId camera) {
    return Optional.of(Instant.MIN);
  }

  @Override
  public int steerPriority(AccountId account, CameraId camera) {
    return 0;
  }

  @Override
  public List<CameraId> cameras(
      AccountId account, Right right, @Nullable CameraId after, int limit) {
    return directory.list(after, limit).stream().map(Camera::id).toList();
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    return () -> {};
  }
}
