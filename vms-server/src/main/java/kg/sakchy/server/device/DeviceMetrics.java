package kg.sakchy.server.device;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import kg.sakchy.onvif.event.CameraEventService;
import kg.sakchy.onvif.event.EventJournal;
import kg.sakchy.onvif.metadata.MetadataStreams;
import kg.sakchy.onvif.notify.NotificationServer;

/**
 * What the device side tells the monitoring: totals, nothing per camera.
 *
 * <p>Threads: safe for use by many threads.
 */
final class DeviceMetrics {
  private final MeterRegistry registry;

  DeviceMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how many events wait and how many were lost on the way into the log. */
  void events(EventJournal journal, CameraEventService events, MetadataStreams metadata) {
    gauge(
        "sakchy.events.subscriptions",
        "Cameras with a subscription now",
        events,
        CameraEventService::subscribed);
    gauge("sakchy.events.waiting", "Events that wait for the log", journal, EventJournal::waiting);
    counter(
        "sakchy.events.dropped",
        "Events lost because the log was away for too long, or refused them",
        journal,
        EventJournal::dropped);
    counter(
        "sakchy.events.metadata.dropped",
        "Metadata documents that came faster than they could be read",
        metadata,
        MetadataStreams::dropped);
  }

  /** Shows how much was refused at the port of notifications. */
  void notifications(NotificationServer server) {
    counter(
        "sakchy.events.notifications.refused",
        "Requests and connections not taken at the port of notifications",
        server,
        NotificationServer::refused);
  }

  private <T> void gauge(String name, String help, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value).description(help).strongReference(true).register(registry);
  }

  private <T> void counter(String name, String help, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, source, value).description(help).register(registry);
  }
}
