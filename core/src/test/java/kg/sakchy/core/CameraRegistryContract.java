package kg.sakchy.core;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static kg.sakchy.core.SampleDevices.camera;
import static kg.sakchy.core.SampleDevices.device;
import static kg.sakchy.core.SampleDevices.placement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CameraRegistry} promises together with its directory. A test class implements
 * it and names both.
 */
public interface CameraRegistryContract {
  CameraId GATE = new CameraId("gate");

  /** The registry under test, empty at the beginning of each test. */
  CameraRegistry registry();

  /** The cameras of the same server. */
  CameraDirectory cameras();

  @Test
  default void findsWhatWasRegistered() {
    registry().register(camera("gate", 1), device("gate", 1), placement());
    registry().register(camera("plain", 2), null, null);
    assertThat(cameras().find(GATE)).contains(camera("gate", 1));
    assertThat(registry().device(GATE)).contains(device("gate", 1));
    assertThat(registry().placement(GATE)).contains(placement());
    assertThat(registry().deviceByEndpoint(device("gate", 1).identity().endpoint()))
        .contains(device("gate", 1));
    assertThat(registry().deviceBySerial("Acme", "SN00000001")).contains(device("gate", 1));
    assertThat(registry().deviceBySerial("Other", "SN00000001")).isEmpty();
    assertThat(registry().deviceByEndpoint("urn:uuid:nobody")).isEmpty();
    assertThat(cameras().find(new CameraId("plain"))).contains(camera("plain", 2));
    assertThat(registry().device(new CameraId("plain"))).isEmpty();
    assertThat(registry().placement(new CameraId("plain"))).isEmpty();
  }

  @Test
  default void keepsEveryFieldAndItsAbsence() {
    CameraDevice bare =
        new CameraDevice(
            new CameraId("bare"),
            new DeviceAddress(URI.create("https://[2001:db8::7]:8443/a?b=%20"), null, true),
            new DeviceIdentity("", "", "", "", "", ""),
            "Профиль \"1\" \\ <&>",
            null,
            Set.of());
    registry().register(camera("bare", 1), bare, null);
    assertThat(registry().device(bare.camera())).contains(bare);
    CameraDevice able =
        new CameraDevice(
            bare.camera(),
            SampleDevices.address(3),
            SampleDevices.identity(3),
            "main",
            "sub",
            EnumSet.allOf(DeviceFeature.class));
    registry().putDevice(able);
    assertThat(registry().device(bare.camera())).contains(able);
    for (SiteClass siteClass : SiteClass.values()) {
      Placement somewhere = new Placement("", siteClass, "", "", null, null, null, null, null, "");
      registry().putPlacement(bare.camera(), somewhere);
      assertThat(registry().placement(bare.camera())).contains(somewhere);
    }
  }

  @Test
  default void aTakenIdRegistersNothing() {
    cameras().create(camera("gate", 1));
    assertFails(
        ErrorKind.CONFLICT,
        () -> registry().register(camera("gate", 2), device("gate", 2), placement()));
    assertThat(cameras().find(GATE)).contains(camera("gate", 1));
    assertThat(registry().device(GATE)).isEmpty();
    assertThat(registry().placement(GATE)).isEmpty();
  }

  @Test
  default void theSameDeviceIsNotRegisteredTwice() {
    registry().register(camera("gate", 1), device("gate", 1), null);
    CameraDevice twin = device("twin", 1);
    assertThatThrownBy(() -> registry().register(camera("twin", 2), twin, placement()))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
        .hasMessageContaining("Camera gate")
        .hasMessageContaining("(gate)");
    CameraDevice otherEndpoint = withEndpoint(twin, "urn:uuid:another");
    assertThatThrownBy(() -> registry().register(camera("twin", 2), otherEndpoint, null))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
        .hasMessageContaining("Camera gate");
    assertThat(cameras().find(new CameraId("twin"))).isEmpty();
    registry().register(camera("twin", 2), device("twin", 2), null);
    assertThatThrownBy(() -> registry().putDevice(twin))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
        .hasMessageContaining("Camera gate");
    assertThat(registry().device(new CameraId("twin"))).contains(device("twin", 2));
  }

  @Test
  default void devicesThatTellNothingAreNotTheSame() {
    DeviceIdentity nameless = new DeviceIdentity("", "Acme", "Dome", "1", "", "");
    for (int i = 1; i <= 3; i++) {
      CameraDevice device =
          new CameraDevice(
              new CameraId("cam-" + i), SampleDevices.address(i), nameless, "main", null, Set.of());
      registry().register(camera("cam-" + i, i), device, null);
    }
    assertThat(registry().devices(null, 10)).hasSize(3);
    assertThat(registry().deviceByEndpoint("")).isEmpty();
    assertThat(registry().deviceBySerial("Acme", "")).isEmpty();
  }

  @Test
  default void ofManyThatRegisterTheSameDeviceOneWins() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String id = "cam-" + i;
      tasks.add(
          () -> {
            try {
              registry().register(camera(id, 1), device(id, 1), null);
              return true;
            } catch (VmsException e) {
              assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
              assertThat(e.getMessage()).contains("Camera cam-");
              return false;
            }
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int won = 0;
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        won += done.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
    assertThat(cameras().list(null, 10)).hasSize(1);
  }

  @Test
  default void withoutACameraThereIsNothingToPut() {
    assertFails(ErrorKind.NOT_FOUND, () -> registry().putDevice(device("nobody", 1)));
    assertFails(
        ErrorKind.NOT_FOUND, () -> registry().putPlacement(new CameraId("nobody"), placement()));
  }

  @Test
  default void aDeletedCameraLosesItsDeviceAndPlacement() {
    registry().register(camera("gate", 1), device("gate", 1), placement());
    cameras().delete(GATE);
    assertThat(registry().device(GATE)).isEmpty();
    assertThat(registry().placement(GATE)).isEmpty();
    assertThat(registry().devices(null, 10)).isEmpty();
    registry().register(camera("again", 1), device("again", 1), placement());
    assertThat(registry().devices(null, 10)).containsExactly(device("again", 1));
  }

  @Test
  default void listsDevicesInTheOrderOfCameras() {
    registry().register(camera("plain", 9), null, null);
    for (String id : List.of("b", "a-1", "a1", "a")) {
      registry().register(camera(id, id.hashCode()), device(id, id.hashCode()), null);
    }
    assertThat(registry().devices(null, 3))
        .extracting(device -> device.camera().value())
        .containsExactly("a", "a-1", "a1");
    assertThat(registry().devices(new CameraId("a1"), 3))
        .extracting(device -> device.camera().value())
        .containsExactly("b");
  }

  @Test
  default void tellsListenersOfBothKinds() {
    List<String> told = new ArrayList<>();
    cameras().onChange((id, camera) -> told.add(camera == null ? "gone" : "camera " + id));
    registry()
        .onDeviceChange(
            (id, device) ->
                told.add(device == null ? "no device" : "device " + device.address().service()));
    registry().register(camera("gate", 1), device("gate", 1), null);
    CameraDevice moved = device("gate", 1).at(SampleDevices.address(2));
    registry().putDevice(moved);
    registry().register(camera("plain", 3), null, null);
    cameras().delete(new CameraId("plain"));
    cameras().delete(GATE);
    assertThat(told)
        .contains("camera gate", "camera plain", "no device")
        .containsSubsequence(
            "device http://10.0.0.1/onvif/device_service",
            "device http://10.0.0.2/onvif/device_service",
            "no device");
    assertThat(told.indexOf("camera gate"))
        .isLessThan(told.indexOf("device http://10.0.0.1/onvif/device_service"));
  }

  private static CameraDevice withEndpoint(CameraDevice device, String endpoint) {
    DeviceIdentity identity = device.identity();
    return new CameraDevice(
        device.camera(),
        device.address(),
        new DeviceIdentity(
            endpoint,
            identity.make(),
            identity.model(),
            identity.firmware(),
            identity.serial(),
            identity.hardware()),
        device.mainProfile(),
        device.subProfile(),
        device.features());
  }
}
