package kg.sakchy.storage.catalogue;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import kg.sakchy.core.CameraDirectoryContract;
import kg.sakchy.core.FailingCameraDirectory;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.secret.KeysetBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedCameraDirectoryTest implements CameraDirectoryContract {
  private static final CameraSecrets SECRETS = new CameraSecrets(KeysetBox.generate());

  @TempDir private Path directory;
  private Path file;
  private FaultSwitch faults;
  private CameraDirectory inner;
  private RememberedCameraDirectory cameras;

  @BeforeEach
  void open() {
    file = directory.resolve("cameras.json");
    faults = new FaultSwitch();
    inner = new FailingCameraDirectory(new InMemoryCameraDirectory(), faults);
    cameras = new RememberedCameraDirectory(inner, file, SECRETS);
    cameras.refresh();
  }

  @AfterEach
  void close() {
    cameras.close();
  }

  @Override
  public CameraDirectory directory() {
    return cameras;
  }

  @Test
  void whatWasChangedIsReadableWhileTheDatabaseIsAway() {
    Camera gate = camera("gate", "Gate");
    Camera yard = camera("yard", "Yard");
    cameras.create(gate);
    cameras.create(yard);
    cameras.create(camera("gone", "Gone"));
    cameras.delete(new CameraId("gone"));
    Camera changed = cameras.change(camera("yard", "New yard"));
    faults.fail(ErrorKind.UNAVAILABLE);
    assertThat(cameras.list(null, 10)).containsExactly(gate, changed);
    assertThat(cameras.list(gate.id(), 10)).containsExactly(changed);
    assertThat(cameras.list(null, 1)).containsExactly(gate);
    assertThat(cameras.find(yard.id())).contains(changed);
    assertThat(cameras.find(List.of(yard.id(), gate.id()))).containsExactly(gate, changed);
    assertThat(cameras.find(new CameraId("gone"))).isEmpty();
    assertFails(ErrorKind.UNAVAILABLE, () -> cameras.create(camera("new", "New")));
    assertFails(ErrorKind.UNAVAILABLE, () -> cameras.change(changed));
    faults.fail(ErrorKind.INTERNAL);
    assertFails(ErrorKind.INTERNAL, () -> cameras.list(null, 10));
  }

  @Test
  void theFileIsForItsOwnerOnlyAndServesTheNextStart() throws IOException {
    Camera full =
        new Camera(
            new CameraId("full"),
            "Двор \"№5\"",
            StreamSource.parse("rtsps://admin:p@ss/w\"ord@10.0.0.7:8554/a?ch=1", Transport.TCP),
            StreamSource.parse("rtsp://10.0.0.7/sub", Transport.UDP),
            false,
            365,
            T0,
            null,
            1);
    cameras.create(full);
    cameras.create(camera("gate", "Gate"));
    cameras.close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    faults.fail(ErrorKind.UNAVAILABLE);
    try (RememberedCameraDirectory next = new RememberedCameraDirectory(inner, file, SECRETS)) {
      assertThat(next.list(null, 10)).containsExactly(full, camera("gate", "Gate"));
    }
  }

  @Test
  void withoutAFileTheErrorStays() {
    faults.fail(ErrorKind.UNAVAILABLE);
    try (RememberedCameraDirectory fresh =
        new RememberedCameraDirectory(inner, directory.resolve("none.json"), SECRETS)) {
      assertFails(ErrorKind.UNAVAILABLE, () -> fresh.list(null, 10));
    }
  }

  @Test
  void aRefreshDropsWhatTheDatabaseNoLongerHas() {
    cameras.create(camera("gate", "Gate"));
    InMemoryCameraDirectory other = new InMemoryCameraDirectory();
    FaultSwitch otherFaults = new FaultSwitch();
    cameras.close();
    try (RememberedCameraDirectory next =
        new RememberedCameraDirectory(
            new FailingCameraDirectory(other, otherFaults), file, SECRETS)) {
      otherFaults.fail(ErrorKind.TIMEOUT);
      assertThat(next.list(null, 10)).hasSize(1);
      otherFaults.mend();
      next.refresh();
      otherFaults.fail(ErrorKind.TIMEOUT);
      assertThat(next.list(null, 10)).isEmpty();
    }
  }

  @Test
  void manyChangesEndUpInTheFile() throws IOException {
    for (int i = 0; i < 500; i++) {
      cameras.create(camera("cam-%03d".formatted(i), "Camera"));
    }
    cameras.close();
    assertThat(RememberedCameraDirectory.file(file, SECRETS).read().orElseThrow()).hasSize(500);
  }

  @Test
  void aDamagedFileIsNoReasonNotToStart() throws IOException {
    cameras.create(camera("gate", "Gate"));
    cameras.close();
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, java.util.Arrays.copyOf(bad, random.nextInt(bad.length + 1)));
      try {
        assertThat(RememberedCameraDirectory.file(file, SECRETS).read().orElse(List.of()))
            .hasSizeLessThanOrEqualTo(1);
      } catch (VmsException e) {
        assertThat(e.kind()).isIn(ErrorKind.DATA_LOSS, ErrorKind.INVALID_ARGUMENT);
      }
    }
    Files.writeString(file, "[]");
    faults.fail(ErrorKind.UNAVAILABLE);
    try (RememberedCameraDirectory next = new RememberedCameraDirectory(inner, file, SECRETS)) {
      assertFails(ErrorKind.UNAVAILABLE, () -> next.list(null, 10));
    }
  }

  private static Camera camera(String id, String name) {
    return new Camera(
        new CameraId(id),
        name,
        StreamSource.parse("rtsp://admin:secret@10.0.0.5/stream1", Transport.TCP),
        null,
        true,
        null,
        T0,
        Instant.parse("2026-11-22T10:00:01Z"),
        1);
  }
}
