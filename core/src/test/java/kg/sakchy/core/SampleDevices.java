package kg.sakchy.core;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceWarning;
import kg.sakchy.core.device.MediaProfile;

/** Plausible cameras, devices and probe results for tests; a number makes each a different one. */
public final class SampleDevices {
  /** Login of all of them. */
  public static final Credentials LOGIN = new Credentials("admin", "p@ss:/<&w\"ord");

  private static final Instant REGISTERED = Instant.parse("2026-11-22T10:00:00.123456Z");

  private SampleDevices() {}

  /** {@code http://10.x.y.z/onvif/device_service} with {@link #LOGIN}. */
  public static DeviceAddress address(int number) {
    return new DeviceAddress(
        URI.create("http://" + host(number) + DeviceAddress.USUAL_PATH), LOGIN, false);
  }

  /** The host of {@link #address}. */
  public static String host(int number) {
    return "10.%d.%d.%d".formatted(number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
  }

  /** A dome of a maker that does not exist. */
  public static DeviceIdentity identity(int number) {
    return new DeviceIdentity(
        "urn:uuid:00000000-0000-4000-8000-%012d".formatted(number),
        "Acme",
        "Dome 28x",
        "1.2.3",
        "SN%08d".formatted(number),
        "02:00:00:%02x:%02x:%02x"
            .formatted(number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff));
  }

  /** What a probe of {@link #address} finds: a large H.264 and a small stream, PTZ, events. */
  public static DeviceReport report(int number) {
    return new DeviceReport(
        address(number),
        identity(number),
        Set.of("S", "T"),
        Set.of(DeviceFeature.MEDIA2, DeviceFeature.PTZ, DeviceFeature.EVENTS),
        List.of(profile(number, "main", 1920, 1080, 4_000), profile(number, "sub", 640, 360, 500)),
        "main",
        "sub",
        Duration.ofMillis(40),
        List.of(new DeviceWarning(DeviceWarning.Kind.NO_TLS, List.of())));
  }

  private static MediaProfile profile(int number, String token, int width, int height, int kbps) {
    return new MediaProfile(
        token,
        token,
        "H264",
        width,
        height,
        25,
        kbps,
        50,
        null,
        true,
        false,
        URI.create("rtsp://" + host(number) + ":554/" + token + "?a=1&b=2"),
        null);
  }

  /** The ONVIF side that goes with {@link #report}. */
  public static CameraDevice device(String camera, int number) {
    return new CameraDevice(
        new CameraId(camera),
        address(number),
        identity(number),
        "main",
        "sub",
        Set.of(DeviceFeature.MEDIA2, DeviceFeature.PTZ, DeviceFeature.EVENTS));
  }

  /** The camera that goes with {@link #device}. */
  public static Camera camera(String id, int number) {
    return new Camera(
        new CameraId(id),
        "Camera " + id,
        new StreamSource(
            URI.create("rtsp://" + host(number) + ":554/main?a=1&b=2"), LOGIN, Transport.TCP),
        new StreamSource(
            URI.create("rtsp://" + host(number) + ":554/sub?a=1&b=2"), LOGIN, Transport.TCP),
        true,
        null,
        REGISTERED,
        REGISTERED,
        1);
  }

  /** A school in Bishkek. */
  public static Placement placement() {
    return new Placement(
        "Школа №5 \"Гагарин\"",
        SiteClass.SCHOOL,
        "ул. Токтогула, 12",
        "41711000000000",
        42.8746,
        74.5698,
        4.5,
        359.9,
        62.0,
        "УВД Первомайского района");
  }
}
