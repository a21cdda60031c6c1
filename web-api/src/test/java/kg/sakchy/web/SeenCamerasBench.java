package kg.sakchy.web;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.Caller;
import kg.sakchy.core.access.InMemoryAccessPolicy;
import kg.sakchy.core.access.Presence;
import kg.sakchy.core.access.Right;
import kg.sakchy.core.access.Role;
import kg.sakchy.core.access.RoleAssignment;
import kg.sakchy.core.account.AccountId;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitPath;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.web.access.Permissions;
import kg.sakchy.web.camera.CameraOperations;
import kg.sakchy.web.camera.NewCameras;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Client;
import kg.sakchy.web.http.Words;

/**
 * Prints how long a page of 100 of one's 200 cameras among 20,000 takes, cameras and rights from
 * memory, as JSON.
 *
 * <p>Run with the test class path, without arguments.
 */
public final class SeenCamerasBench {
  private static final UnitId OTHERS = new UnitId(2);
  private static final UnitId OWN = new UnitId(3);
  private static final int CALLS = 200;

  private SeenCamerasBench() {}

  public static void main(String[] arguments) {
    try (TestServer server = TestServer.start()) {
      CameraOperations operations = operations(server);
      Call call = call(server);
      long[] nanos = new long[CALLS];
      for (int i = -CALLS; i < CALLS; i++) {
        long began = System.nanoTime();
        Answer.Content page = (Answer.Content) operations.list(call);
        if (i >= 0) {
          nanos[i] = System.nanoTime() - began;
        }
        if (page.body().toJsonObject().getJsonArray("items").size() != 100) {
          throw new IllegalStateException("not a full page");
        }
      }
      Arrays.sort(nanos);
      System.out.printf(
          "100 of one's 200 cameras among 20,000: p50 %.1f, p95 %.1f ms%n",
          nanos[CALLS / 2] / 1e6, nanos[CALLS * 95 / 100] / 1e6);
    }
  }

  private static CameraOperations operations(TestServer server) {
    InMemoryCameraDirectory directory = new InMemoryCameraDirectory();
    Map<CameraId, UnitId> units = new HashMap<>();
    StreamSource source = StreamSource.parse("rtsp://10.0.0.5/1", Transport.TCP);
    for (int i = 0; i < 20_000; i++) {
      CameraId id = new CameraId("cam%05d".formatted(i));
      directory.create(
          new Camera(id, id.value(), source, null, false, null, TestServer.NOW, null, 1));
      units.put(id, i % 100 == 7 ? OWN : OTHERS);
    }
    InMemoryAccessPolicy policy = new InMemoryAccessPolicy(server.clock);
    policy.setUnits(List.of(UnitPath.TOP.to(OTHERS), UnitPath.TOP.to(OWN)));
    policy.setCameras(units);
    Role role = new Role("guard", Set.of(Right.VIEW_LIVE), null, 0);
    policy.setAssignments(
        List.of(role),
        List.of(
            new RoleAssignment(1, new AccountId("guard"), role.name(), OWN, null, null, false)));
    Permissions permissions = new Permissions(policy);
    return new CameraOperations(
        directory,
        permissions,
        new NewCameras(
            directory, server.people.access().organisation(), server.archive, permissions),
        server.clock);
  }

  private static Call call(TestServer server) {
    Authentication.Shown nothing = new Authentication.Nothing();
    Caller caller = Caller.of(new AccountId("guard"), "Guard", "test");
    return new Call(
        Map.of(),
        Map.of(),
        MultiMap.caseInsensitiveMultiMap(),
        new JsonObject(),
        Bytes.EMPTY,
        new Client(
            "127.0.0.1",
            false,
            nothing,
            Presence.enter((shown, address) -> caller, nothing, "127.0.0.1", server.clock)),
        Words.EN);
  }
}
