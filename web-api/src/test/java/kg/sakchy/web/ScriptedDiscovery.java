package kg.sakchy.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.device.DeviceDiscovery;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.device.DiscoveryRequest;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/** Searches that find what a test says. */
final class ScriptedDiscovery implements DeviceDiscovery {
  final List<Running> searches = new CopyOnWriteArrayList<>();

  /** A search, and the test's hands on it. */
  record Running(DiscoveryRequest request, Consumer<DiscoveryEvent> listener) implements Search {
    void tell(DiscoveryEvent event) {
      listener.accept(event);
    }

    /** Ends early, with the last event, as the port promises. */
    @Override
    public void close() {
      tell(new DiscoveryEvent.Finished(0, null));
    }
  }

  @Override
  public Search start(DiscoveryRequest request, Consumer<DiscoveryEvent> listener) {
    if (request.ranges().contains("0.0.0.0/0")) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the range 0.0.0.0/0 is too large");
    }
    Running running = new Running(request, listener);
    searches.add(running);
    return running;
  }

  @Override
  public Search listen(Consumer<DiscoveryEvent> listener) {
    throw new UnsupportedOperationException("the web server does not listen");
  }

  /** The sample device of this number, as it makes itself known. */
  static DiscoveryEvent.Found found(int number) {
    try {
      return new DiscoveryEvent.Found(
          new DiscoveredDevice(
              SampleDevices.identity(number).endpoint(),
              List.of(SampleDevices.address(number).service()),
              InetAddress.getByName(SampleDevices.host(number)),
              "Двор " + number,
              "Dome 28x",
              "",
              Set.of("T", "S"),
              "eth0",
              false));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
