package kg.sakchy.web.ptz;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.ptz.PtzCommand;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import org.jspecify.annotations.Nullable;

/** Single commands to domes, and what domes know: abilities, position, presets, tours. */
public final class PtzOperations {
  private final PtzControl ptz;
  private final PtzHolds holds;
  private final Duration patience;

  /**
   * @param patience how long a command may take before its answer is that it is on its way
   */
  public PtzOperations(PtzControl ptz, PtzHolds holds, Duration patience) {
    this.ptz = ptz;
    this.holds = holds;
    this.patience = patience;
  }

  public Answer get(Call call) {
    CameraId camera = call.camera();
    return Answer.json(
        new JsonObject()
            .put("camera", camera.value())
            .put("abilities", PtzJson.of(ptz.abilities(camera)))
            .put("position", PtzJson.of(ptz.position(camera)))
            .put("hold", holds.of(camera).map(PtzJson::of).orElse(null)));
  }

  /** Sends a command: 204 when the camera has taken it, 202 while it is still on its way. */
  public Answer send(Call call) {
    boolean taken = taken(call, PtzCommandReader.read(call.body()), patience);
    return Answer.empty(taken ? 204 : 202, Map.of());
  }

  public Answer presets(Call call) {
    return Answer.json(PtzJson.list(ptz.presets(call.camera())));
  }

  /** Keeps the present position; answers the presets as they are then. */
  public Answer setPreset(Call call) {
    JsonObject body = call.body();
    await(call, new PtzCommand.SetPreset(body.getString("token"), body.getString("name")));
    return presets(call);
  }

  public Answer removePreset(Call call) {
    await(call, new PtzCommand.RemovePreset(String.valueOf(call.parameter("token"))));
    return Answer.empty(204, Map.of());
  }

  public Answer tours(Call call) {
    return Answer.json(PtzJson.list(ptz.tours(call.camera())));
  }

  private void await(Call call, PtzCommand command) {
    taken(call, command, null);
  }

  /** Whether the camera has taken the command in time; null waits as long as the call may last. */
  private boolean taken(Call call, PtzCommand command, @Nullable Duration limit) {
    holds.take(call.camera(), call.caller());
    CompletableFuture<Void> sent = ptz.send(call.camera(), call.client().displayName(), command);
    try {
      if (limit == null) {
        sent.get();
      } else {
        sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VmsException vms) {
        throw vms;
      }
      throw new VmsException(ErrorKind.INTERNAL, "the command could not be sent", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VmsException(ErrorKind.CANCELLED, "nobody waits for the camera any more", e);
    }
  }
}
