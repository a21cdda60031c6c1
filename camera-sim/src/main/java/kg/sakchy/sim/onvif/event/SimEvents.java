package kg.sakchy.sim.onvif.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a device: told to its subscribers, and remembered where it is a state.
 *
 * <p>Threads: any; subscribers hear of it soon after.
 */
public final class SimEvents {
  /** Token of the video source, in the sources of events. */
  public static final String VIDEO_SOURCE = "VideoSource_1";

  private static final String RULE = "Rule_1";

  private final DeviceState device;
  private final ScheduledExecutorService loop;
  private final Subscriptions subscriptions;
  private final Map<String, SimEvent> states = new LinkedHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger subscribed = new AtomicInteger();
  private @Nullable ScheduledFuture<?> script;

  /** Motion, tamper and all inputs are off at first. */
  public SimEvents(DeviceState device, ScheduledExecutorService loop) {
    this.device = device;
    this.loop = loop;
    this.subscriptions = new Subscriptions(device, loop, waiting, subscribed);
    remember(motionEvent(false));
    remember(tamperEvent(false));
    for (int i = 1; i <= device.profile().digitalInputs(); i++) {
      remember(inputEvent("DigitalInput_" + i, false));
    }
  }

  /** Something happens. */
  public void emit(SimEvent event) {
    loop.execute(() -> deliver(event));
  }

  /** Motion begins or ends. */
  public void motion(boolean on) {
    emit(motionEvent(on));
  }

  /** The camera is covered, or free again. */
  public void tamper(boolean on) {
    emit(tamperEvent(on));
  }

  /** A contact closes or opens; tokens are {@code DigitalInput_1} and so on. */
  public void digitalInput(String token, boolean on) {
    emit(inputEvent(token, on));
  }

  /** A relay was switched. */
  public void relay(String token, boolean active) {
    emit(
        SimEvent.of(
            SimTopic.RELAY,
            Map.of("RelayToken", token),
            Map.of("LogicalState", active ? "active" : "inactive")));
  }

  /** An object crosses the line. */
  public void lineCrossed(int objectId) {
    emit(
        SimEvent.of(
            SimTopic.LINE_CROSSED,
            Map.of(
                "VideoSourceConfigurationToken",
                "VideoSourceConfig_1",
                "VideoAnalyticsConfigurationToken",
                "VideoAnalyticsConfig_1",
                "Rule",
                RULE),
            Map.of("ObjectId", String.valueOf(objectId))));
  }

  /** A number plate is read. */
  public void licensePlate(String number, double likelihood) {
    String text = Xml.text(likelihood);
    emit(
        SimEvent.of(
                SimTopic.LICENSE_PLATE,
                Map.of("VideoSource", VIDEO_SOURCE, "Rule", RULE),
                Map.of("Likelihood", text))
            .withElement(
                "LicensePlateInfo",
                new Xml()
                    .begin("tt:LicensePlateInfo")
                    .leaf("tt:PlateNumber", number, "Likelihood", text)
                    .end()
                    .finish()));
  }

  /** A known face is seen. */
  public void face(String label, double likelihood) {
    emit(
        SimEvent.of(
            SimTopic.FACE,
            Map.of("VideoSource", VIDEO_SOURCE, "Rule", RULE),
            Map.of("Likelihood", Xml.text(likelihood), "Label", label)));
  }

  /** The device begins or stops to record. */
  public void recording(String token, boolean on) {
    emit(
        SimEvent.of(
            SimTopic.RECORDING_STATE,
            Map.of("RecordingToken", token),
            Map.of("IsRecording", String.valueOf(on))));
  }

  private static SimEvent motionEvent(boolean on) {
    return SimEvent.of(
        SimTopic.MOTION, Map.of("Source", VIDEO_SOURCE), Map.of("State", String.valueOf(on)));
  }

  private static SimEvent tamperEvent(boolean on) {
    return SimEvent.of(
        SimTopic.TAMPER, Map.of("Source", VIDEO_SOURCE), Map.of("State", String.valueOf(on)));
  }

  private static SimEvent inputEvent(String token, boolean on) {
    return SimEvent.of(
        SimTopic.DIGITAL_INPUT,
        Map.of("InputToken", token),
        Map.of("LogicalState", String.valueOf(on)));
  }

  /** Plays a script from now on, in place of the one before. */
  public void play(SimScript newScript) {
    loop.execute(
        () -> {
          if (script != null) {
            script.cancel(false);
          }
          step(newScript, 0);
        });
  }

  private void step(SimScript played, int index) {
    if (index == played.steps().size()) {
      if (played.repeated() && index > 0) {
        step(played, 0);
      }
      return;
    }
    SimScript.Step step = played.steps().get(index);
    script =
        loop.schedule(
            () -> {
              step.what().accept(this);
              step(played, index + 1);
            },
            step.after().toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** Long polls under way. */
  public int waitingPulls() {
    return waiting.get();
  }

  /** Subscriptions alive, of both kinds. */
  public int subscriptions() {
    return subscribed.get();
  }

  // What follows is called on the loop.

  private void deliver(SimEvent event) {
    remember(event);
    boolean cleared =
        event.data().values().stream().anyMatch(value -> value.equals("false"))
            && device.has(SimQuirk.NO_CLEAR_EVENT);
    if (!cleared) {
      subscriptions.deliver(event);
    }
  }

  private void remember(SimEvent event) {
    String key = event.topic() + event.source();
    switch (event.operation()) {
      case NONE -> {
        // Over as soon as it happened.
      }
      case INITIALIZED, CHANGED -> states.put(key, event);
      case DELETED -> states.remove(key);
    }
  }

  /** States as they are now, as {@code INITIALIZED}. */
  java.util.List<SimEvent> states() {
    return states.values().stream()
        .map(event -> event.withOperation(SimEvent.Operation.INITIALIZED))
        .toList();
  }

  Subscriptions all() {
    return subscriptions;
  }

  /** All subscriptions end without a word; long polls are cut. */
  public void forgetSubscriptions() {
    subscriptions.clear();
  }

  /** Long polls are cut, subscriptions stay. */
  public void dropPulls() {
    subscriptions.dropPulls();
  }
}
