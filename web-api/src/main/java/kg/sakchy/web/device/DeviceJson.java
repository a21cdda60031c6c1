package kg.sakchy.web.device;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;
import kg.sakchy.core.device.DeviceReport;
import kg.sakchy.core.device.DeviceWarning;
import kg.sakchy.core.device.MediaProfile;
import kg.sakchy.web.camera.ShownAddress;
import kg.sakchy.web.http.Words;
import org.jspecify.annotations.Nullable;

/** Devices as the API shows them: without passwords. */
final class DeviceJson {
  private DeviceJson() {}

  static JsonObject of(CameraDevice device) {
    return address(device.address())
        .put("camera", device.camera().value())
        .put("identity", identity(device.identity()))
        .put("mainProfile", device.mainProfile())
        .put("subProfile", device.subProfile())
        .put("features", features(device.features()));
  }

  static JsonObject of(DeviceReport report, Words words) {
    JsonArray profiles = new JsonArray();
    report.profiles().forEach(profile -> profiles.add(profile(profile)));
    JsonArray warnings = new JsonArray();
    report.warnings().forEach(warning -> warnings.add(warning(warning, words)));
    Duration offset = report.clockOffset();
    return address(report.address())
        .put("identity", identity(report.identity()))
        .put("onvifProfiles", sorted(report.onvifProfiles()))
        .put("features", features(report.features()))
        .put("profiles", profiles)
        .put("mainProfile", report.mainProfile())
        .put("subProfile", report.subProfile())
        .put("clockOffsetMillis", offset == null ? null : offset.toMillis())
        .put("warnings", warnings);
  }

  private static JsonObject address(DeviceAddress address) {
    Credentials credentials = address.credentials();
    return new JsonObject()
        .put("address", ShownAddress.of(address.service()))
        .put("user", credentials == null ? null : credentials.user())
        .put("keepHost", address.keepHost());
  }

  private static JsonObject identity(DeviceIdentity identity) {
    return new JsonObject()
        .put("endpoint", identity.endpoint())
        .put("make", identity.make())
        .put("model", identity.model())
        .put("firmware", identity.firmware())
        .put("serial", identity.serial())
        .put("hardware", identity.hardware());
  }

  private static JsonArray features(Set<DeviceFeature> features) {
    return sorted(features.stream().map(feature -> code(feature.name())).toList());
  }

  private static JsonObject profile(MediaProfile profile) {
    return new JsonObject()
        .put("token", profile.token())
        .put("name", profile.name())
        .put("codec", profile.codec())
        .put("width", profile.width())
        .put("height", profile.height())
        .put("fps", profile.fps())
        .put("kbps", profile.kbps())
        .put("gopFrames", profile.gopFrames())
        .put("audio", profile.audio())
        .put("ptz", profile.ptz())
        .put("metadata", profile.metadata())
        .put("stream", shown(profile.stream()))
        .put("snapshot", shown(profile.snapshot()));
  }

  private static JsonObject warning(DeviceWarning warning, Words words) {
    String kind = code(warning.kind().name());
    JsonArray values = new JsonArray();
    warning.values().forEach(values::add);
    return new JsonObject()
        .put("kind", kind)
        .put("values", values)
        .put("words", words.text("warning." + kind, warning.values().toArray()));
  }

  /** The lower-case name with hyphens that the contract has for a constant. */
  private static String code(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static JsonArray sorted(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.stream().sorted().forEach(array::add);
    return array;
  }

  private static @Nullable String shown(@Nullable URI uri) {
    return uri == null ? null : ShownAddress.of(uri);
  }
}
