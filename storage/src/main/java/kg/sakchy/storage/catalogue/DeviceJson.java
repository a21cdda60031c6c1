package kg.sakchy.storage.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.device.DeviceFeature;
import kg.sakchy.core.device.DeviceIdentity;

/**
 * ONVIF sides as JSON, passwords sealed, for {@link CopyFile}. Files of an older server have them
 * in clear.
 *
 * <p>Threads: safe for use by many threads.
 */
final class DeviceJson {
  private final CameraSecrets secrets;

  DeviceJson(CameraSecrets secrets) {
    this.secrets = secrets;
  }

  ObjectNode write(CameraDevice device) {
    DeviceAddress address = device.address();
    DeviceIdentity identity = device.identity();
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("camera", device.camera().value())
            .put("service", address.service().toString())
            .put("keepHost", address.keepHost())
            .put("endpoint", identity.endpoint())
            .put("make", identity.make())
            .put("model", identity.model())
            .put("firmware", identity.firmware())
            .put("serial", identity.serial())
            .put("hardware", identity.hardware())
            .put("mainProfile", device.mainProfile());
    CameraJson.write(node, device.camera(), address.credentials(), secrets);
    if (device.subProfile() != null) {
      node.put("subProfile", device.subProfile());
    }
    ArrayNode features = node.putArray("features");
    device.features().stream().sorted().forEach(feature -> features.add(feature.name()));
    return node;
  }

  CameraDevice read(JsonNode node) {
    CameraId camera = new CameraId(node.path("camera").asText());
    Set<DeviceFeature> features = EnumSet.noneOf(DeviceFeature.class);
    node.path("features").forEach(feature -> features.add(DeviceFeature.valueOf(feature.asText())));
    return new CameraDevice(
        camera,
        new DeviceAddress(
            URI.create(node.path("service").asText()),
            CameraJson.credentials(node, camera, secrets),
            node.path("keepHost").asBoolean()),
        new DeviceIdentity(
            node.path("endpoint").asText(),
            node.path("make").asText(),
            node.path("model").asText(),
            node.path("firmware").asText(),
            node.path("serial").asText(),
            node.path("hardware").asText()),
        node.path("mainProfile").asText(),
        node.has("subProfile") ? node.path("subProfile").asText() : null,
        features);
  }
}
