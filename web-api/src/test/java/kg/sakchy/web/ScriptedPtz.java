package kg.sakchy.web;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzAbilities;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.core.ptz.PtzNamed;
import kg.sakchy.core.ptz.PtzPosition;
import org.jspecify.annotations.Nullable;

/**
 * One dome, {@link TestServer#GATE}, that notes what it is told. Stands still by itself: whether it
 * is stopped is what tests look at.
 */
final class ScriptedPtz implements PtzControl {
  /** A command with who sent it. */
  record Sent(String operator, PtzCommand command) {}

  final List<Sent> sent = new CopyOnWriteArrayList<>();
  final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
  volatile PtzPosition position = new PtzPosition(10.5, -20.0, 2.0, TestServer.NOW, false);

  List<PtzCommand> commands() {
    return sent.stream().map(Sent::command).toList();
  }

  /** The dome has moved. */
  void moved(PtzPosition to, @Nullable String operator) {
    position = to;
    watchers.forEach(watcher -> watcher.moved(to, operator));
  }

  private static VmsException noDome(CameraId camera) {
    return new VmsException(
        ErrorKind.NOT_FOUND, "the camera " + camera + " is no dome: it cannot be steered");
  }

  private static void require(CameraId camera) {
    if (!camera.equals(TestServer.GATE)) {
      throw noDome(camera);
    }
  }

  @Override
  public CompletableFuture<Void> send(CameraId camera, String operator, PtzCommand command) {
    if (!camera.equals(TestServer.GATE)) {
      return CompletableFuture.failedFuture(noDome(camera));
    }
    sent.add(new Sent(operator, command));
    return answer;
  }

  @Override
  public PtzAbilities abilities(CameraId camera) {
    require(camera);
    return new PtzAbilities(
        true,
        true,
        true,
        -90,
        20,
        28,
        true,
        true,
        100,
        4,
        Set.of(PtzCommand.Auxiliary.Device.WIPER, PtzCommand.Auxiliary.Device.IR_LAMP),
        true,
        true,
        true);
  }

  @Override
  public List<PtzNamed> presets(CameraId camera) {
    require(camera);
    return List.of(new PtzNamed("1/a b", "Ворота"), new PtzNamed("2", "Двор"));
  }

  @Override
  public List<PtzNamed> tours(CameraId camera) {
    require(camera);
    return List.of(new PtzNamed("t1", "Night round"));
  }

  @Override
  public PtzPosition position(CameraId camera) {
    require(camera);
    return position;
  }

  @Override
  public Watch watch(CameraId camera, Watcher watcher) {
    require(camera);
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }
}
