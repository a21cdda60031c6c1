package kg.sakchy.storage.catalogue;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static kg.sakchy.core.SampleDevices.camera;
import static kg.sakchy.core.SampleDevices.device;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import kg.sakchy.core.CameraRegistryContract;
import kg.sakchy.core.FailingCameraRegistry;
import kg.sakchy.core.FaultSwitch;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.InMemoryCameraRegistry;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.storage.secret.KeysetBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedCameraRegistryTest implements CameraRegistryContract {
  private static final CameraSecrets SECRETS = new CameraSecrets(KeysetBox.generate());

  @TempDir private Path directory;
  private Path file;
  private FaultSwitch faults;
  private CameraDirectory cameras;
  private CameraRegistry inner;
  private RememberedCameraRegistry registry;

  @BeforeEach
  void open() {
    file = directory.resolve("devices.json");
    faults = new FaultSwitch();
    cameras = new InMemoryCameraDirectory();
    inner = new FailingCameraRegistry(new InMemoryCameraRegistry(cameras), faults);
    registry = new RememberedCameraRegistry(inner, file, SECRETS);
    registry.refresh();
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Override
  public CameraRegistry registry() {
    return registry;
  }

  @Override
  public CameraDirectory cameras() {
    return cameras;
  }

  @Test
  void devicesAreReadableWhileTheDatabaseIsAway() {
    registry.register(camera("gate", 1), device("gate", 1), SampleDevices.placement());
    registry.register(camera("yard", 2), device("yard", 2), null);
    registry.register(camera("gone", 3), device("gone", 3), null);
    cameras.delete(new CameraId("gone"));
    CameraDevice moved = device("yard", 2).at(SampleDevices.address(9));
    registry.putDevice(moved);
    faults.fail(ErrorKind.UNAVAILABLE);
    assertThat(registry.devices(null, 10)).containsExactly(device("gate", 1), moved);
    assertThat(registry.devices(GATE, 10)).containsExactly(moved);
    assertThat(registry.device(GATE)).contains(device("gate", 1));
    assertThat(registry.device(new CameraId("gone"))).isEmpty();
    assertThat(registry.deviceByEndpoint(moved.identity().endpoint())).contains(moved);
    assertThat(registry.deviceByEndpoint("")).isEmpty();
    assertThat(registry.deviceBySerial("Acme", "SN00000002")).contains(moved);
    assertThat(registry.deviceBySerial("Acme", "")).isEmpty();
    assertFails(ErrorKind.UNAVAILABLE, () -> registry.placement(GATE));
    assertFails(ErrorKind.UNAVAILABLE, () -> registry.putDevice(moved));
    faults.fail(ErrorKind.INTERNAL);
    assertFails(ErrorKind.INTERNAL, () -> registry.device(GATE));
  }

  @Test
  void theFileIsForItsOwnerOnlyAndServesTheNextStart() throws IOException {
    CameraDevice bare =
        new CameraDevice(
            new CameraId("bare"),
            new DeviceAddress(URI.create("https://[2001:db8::7]:8443/a?b=%20"), null, true),
            new DeviceIdentity("", "", "", "", "", ""),
            "main",
            null,
            Set.of());
    CameraDevice full =
        new CameraDevice(
            GATE,
            SampleDevices.address(1),
            SampleDevices.identity(1),
            "Профиль \"1\"",
            "sub",
            EnumSet.allOf(DeviceFeature.class));
    registry.register(camera("bare", 2), bare, null);
    registry.register(camera("gate", 1), full, null);
    registry.close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    faults.fail(ErrorKind.UNAVAILABLE);
    try (RememberedCameraRegistry next = new RememberedCameraRegistry(inner, file, SECRETS)) {
      assertThat(next.devices(null, 10)).containsExactly(bare, full);
    }
  }

  @Test
  void withoutAFileTheErrorStays() {
    faults.fail(ErrorKind.UNAVAILABLE);
    try (RememberedCameraRegistry fresh =
        new RememberedCameraRegistry(inner, directory.resolve("none.json"), SECRETS)) {
      assertFails(ErrorKind.UNAVAILABLE, () -> fresh.devices(null, 10));
    }
  }
}
