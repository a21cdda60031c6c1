package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CameraDirectory} promises. A test class implements it and names its directory.
 */
public interface CameraDirectoryContract {
  Instant T0 = Instant.parse("2026-11-22T10:00:00.123456Z");

  /** The directory under test, empty at the beginning of each test. */
  CameraDirectory directory();

  @Test
  default void findsWhatWasCreated() {
    Camera plain = camera("gate", "Gate");
    Camera full =
        new Camera(
            new CameraId("yard-2"),
            "Двор 'школа' \\ №5",
            StreamSource.parse("rtsps://admin:p@ss/w\"ord@10.0.0.7:8554/a?ch=1", Transport.TCP),
            StreamSource.parse("rtsp://10.0.0.7/sub", Transport.UDP),
            false,
            365,
            T0,
            null,
            1);
    directory().create(plain);
    directory().create(full);
    assertThat(directory().find(plain.id())).contains(plain);
    assertThat(directory().find(full.id())).contains(full);
    assertThat(directory().find(new CameraId("nobody"))).isEmpty();
  }

  @Test
  default void anIdIsTakenOnce() {
    directory().create(camera("gate", "Gate"));
    ObjectStoreContract.assertFails(
        ErrorKind.CONFLICT, () -> directory().create(camera("gate", "Other")));
    assertThat(directory().find(new CameraId("gate")).orElseThrow().name()).isEqualTo("Gate");
  }

  @Test
  default void listsPagesInTheOrderOfIds() {
    List<CameraId> ids = new ArrayList<>();
    for (String id : List.of("0", "a", "a-1", "a-b", "a0", "a1", "aa", "b", "b-", "z9")) {
      ids.add(new CameraId(id));
    }
    assertThat(ids).isSorted();
    ids.reversed().forEach(id -> directory().create(camera(id.value(), "any")));
    assertThat(listAll(1)).isEqualTo(ids);
    assertThat(listAll(3)).isEqualTo(ids);
    assertThat(listAll(1_000)).isEqualTo(ids);
    assertThat(directory().list(new CameraId("a-2"), 1))
        .extracting(Camera::id)
        .containsExactly(new CameraId("a-b"));
  }

  @Test
  default void findsSomeInTheOrderOfIds() {
    for (String id : List.of("yard", "gate", "hall")) {
      directory().create(camera(id, "any"));
    }
    List<CameraId> asked =
        List.of(
            new CameraId("yard"), new CameraId("none"), new CameraId("gate"), new CameraId("yard"));
    assertThat(directory().find(asked))
        .extracting(camera -> camera.id().value())
        .containsExactly("gate", "yard");
    assertThat(directory().find(List.of())).isEmpty();
  }

  @Test
  default void aChangeCountsTheVersion() {
    directory().create(camera("gate", "Gate"));
    Camera based = directory().find(new CameraId("gate")).orElseThrow();
    Camera changed = directory().change(stopped(based));
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.recording()).isFalse();
    assertThat(directory().find(based.id())).contains(changed);
    ObjectStoreContract.assertFails(ErrorKind.CONFLICT, () -> directory().change(based));
    assertThat(directory().find(based.id())).contains(changed);
  }

  @Test
  default void onlyOneOfTwoChangesWins() throws Exception {
    directory().create(camera("gate", "Gate"));
    Camera based = directory().find(new CameraId("gate")).orElseThrow();
    Callable<Boolean> change =
        () -> {
          try {
            directory().change(stopped(based));
            return true;
          } catch (VmsException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
            return false;
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int won = 0;
      for (Future<Boolean> done : threads.invokeAll(List.of(change, change, change, change))) {
        won += done.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  default void anUnknownCameraCannotBeChanged() {
    ObjectStoreContract.assertFails(
        ErrorKind.NOT_FOUND, () -> directory().change(camera("nobody", "Nobody")));
  }

  @Test
  default void deletesAndTheIdIsFreeAgain() {
    directory().create(camera("gate", "Gate"));
    assertThat(directory().delete(new CameraId("gate"))).isTrue();
    assertThat(directory().delete(new CameraId("gate"))).isFalse();
    assertThat(directory().find(new CameraId("gate"))).isEmpty();
    assertThat(directory().list(null, 10)).isEmpty();
    directory().create(camera("gate", "Gate"));
  }

  @Test
  default void tellsListenersOfCommittedChangesOnly() {
    List<String> told = new ArrayList<>();
    directory()
        .onChange(
            (id, camera) -> told.add(id + (camera == null ? " gone" : " v" + camera.version())));
    directory().create(camera("gate", "Gate"));
    ObjectStoreContract.assertFails(
        ErrorKind.CONFLICT, () -> directory().create(camera("gate", "Gate")));
    directory().change(stopped(directory().find(new CameraId("gate")).orElseThrow()));
    directory().delete(new CameraId("gate"));
    directory().delete(new CameraId("gate"));
    assertThat(told).containsExactly("gate v1", "gate v2", "gate gone");
  }

  private List<CameraId> listAll(int limit) {
    List<CameraId> all = new ArrayList<>();
    List<Camera> page = directory().list(null, limit);
    while (!page.isEmpty()) {
      page.forEach(camera -> all.add(camera.id()));
      page = directory().list(all.getLast(), limit);
    }
    return all;
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
        T0.plusSeconds(1),
        1);
  }

  private static Camera stopped(Camera camera) {
    return new Camera(
        camera.id(),
        camera.name(),
        camera.main(),
        camera.sub(),
        false,
        camera.retentionDays(),
        camera.createdAt(),
        null,
        camera.version());
  }
}
