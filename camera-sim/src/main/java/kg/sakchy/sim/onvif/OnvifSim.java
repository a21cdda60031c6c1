package kg.sakchy.sim.onvif;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import kg.sakchy.sim.SimCamera;
import kg.sakchy.sim.net.SimCertificate;
import kg.sakchy.sim.net.SimLoop;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.http.HttpExchange;
import kg.sakchy.sim.onvif.http.HttpListener;
import kg.sakchy.sim.onvif.ptz.PtzHead;
import org.jspecify.annotations.Nullable;

/**
 * Simulated ONVIF devices: any number at one port, each behind a path, and any number at ports of
 * their own. One event loop does all the work; a device that only waits costs a few kilobytes.
 *
 * <p>Threads: public methods may be called from any thread.
 */
public final class OnvifSim implements AutoCloseable {
  private static final long MOVEMENT_MILLIS = 40;

  private final OnvifSimOptions options;
  private final SimLoop loop;
  private final @Nullable SslContext tls;
  private final HttpListener shared;
  private final @Nullable HttpListener sharedSecure;
  private final HttpListener eventPort;
  private final Map<String, SimDevice> devices = new ConcurrentHashMap<>();

  private OnvifSim(OnvifSimOptions options, SimLoop loop) {
    this.options = options;
    this.loop = loop;
    this.tls = options.https() ? SimCertificate.context() : null;
    this.shared = HttpListener.bind(loop, options.host(), options.port(), null, this::handleShared);
    this.sharedSecure =
        tls == null ? null : HttpListener.bind(loop, options.host(), 0, tls, this::handleShared);
    this.eventPort = HttpListener.bind(loop, options.host(), 0, null, this::handleEvents);
    loop.group()
        .next()
        .scheduleAtFixedRate(
            this::tellMovements, MOVEMENT_MILLIS, MOVEMENT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Listens.
   *
   * @throws kg.sakchy.core.error.VmsException UNAVAILABLE if the port is taken, INTERNAL if no
   *     certificate can be made
   */
  public static OnvifSim start(OnvifSimOptions options) {
    SimLoop loop = SimLoop.create();
    try {
      return new OnvifSim(options, loop);
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  /** Adds a device at the shared port, behind its name. */
  public SimDevice addDevice(SimDeviceProfile profile) {
    return addDevice(profile, SimPlacement.shared());
  }

  /**
   * Adds a device.
   *
   * @param profile with a name that no other device has, of letters, digits, hyphens and dots
   * @throws IllegalArgumentException if the name is taken or no part of a path
   * @throws kg.sakchy.core.error.VmsException UNAVAILABLE if its port is taken
   */
  public synchronized SimDevice addDevice(SimDeviceProfile profile, SimPlacement placement) {
    String name = profile.identity().name();
    if (!name.matches("[A-Za-z0-9.-]{1,64}") || devices.containsKey(name)) {
      throw new IllegalArgumentException("a name taken or unfit: " + name);
    }
    DevicePlace place =
        switch (placement) {
          case SimPlacement.Shared any ->
              DevicePlace.shared(
                  loop,
                  options.host(),
                  "/" + name,
                  shared.port(),
                  sharedSecure == null ? 0 : sharedSecure.port());
          case SimPlacement.Own own ->
              DevicePlace.own(loop, own, tls, exchange -> handleOwn(name, exchange));
        };
    SimDevice device = assemble(profile, place);
    devices.put(name, device);
    return device;
  }

  private SimDevice assemble(SimDeviceProfile profile, DevicePlace place) {
    SimQuirks quirks = new SimQuirks();
    DeviceState state = new DeviceState(profile, quirks, new SimDeviceClock(options.clock()));
    SimEvents events = new SimEvents(state, loop.group().next());
    PtzSpec spec = profile.ptz();
    PtzHead ptz = spec == null ? null : new PtzHead(spec, options.clock()::nanoTime);
    for (SimStream stream : profile.streams()) {
      SimCamera camera = stream.camera();
      if (camera != null && ptz != null) {
        camera.follow(ptz);
      }
    }
    DeviceAssembly assembly =
        new DeviceAssembly(options, loop, state, events, ptz, place, eventPort.port());
    return assembly.device();
  }

  /** All devices, in no order. */
  public Collection<SimDevice> devices() {
    return List.copyOf(devices.values());
  }

  /** The shared HTTP port. */
  public int port() {
    return shared.port();
  }

  private void handleShared(HttpExchange exchange) {
    SimDevice device = named(exchange.path());
    if (device == null || !device.place().prefix().startsWith("/")) {
      exchange.respond(404, "", new byte[0]);
    } else {
      handle(device, exchange, device.place().prefix());
    }
  }

  private void handleOwn(String name, HttpExchange exchange) {
    SimDevice device = devices.get(name);
    if (device == null) {
      exchange.close();
    } else {
      handle(device, exchange, "");
    }
  }

  private void handleEvents(HttpExchange exchange) {
    SimDevice device = named(exchange.path());
    if (device == null || !device.eventPortAlive()) {
      exchange.close();
    } else {
      handle(device, exchange, "/" + device.name());
    }
  }

  private @Nullable SimDevice named(String path) {
    int slash = path.indexOf('/', 1);
    return slash < 0 ? null : devices.get(path.substring(1, slash));
  }

  private static void handle(SimDevice device, HttpExchange exchange, String prefix) {
    if (device.offline()) {
      exchange.close();
      return;
    }
    InetSocketAddress local = exchange.local();
    URI base =
        URI.create(
            (exchange.secure() ? "https://" : "http://")
                + local.getAddress().getHostAddress()
                + ":"
                + local.getPort()
                + prefix);
    device.endpoint().handle(exchange, base, exchange.path().substring(prefix.length()));
  }

  /** Somebody may watch heads that move; heads that nobody watches cost nothing. */
  private void tellMovements() {
    for (SimDevice device : devices.values()) {
      if (device.profile().ptz() != null) {
        device.tellMovement();
      }
    }
  }

  /** Closes all ports and connections. Idempotent. */
  @Override
  public void close() {
    devices.values().forEach(device -> device.place().close());
    shared.close();
    if (sharedSecure != null) {
      sharedSecure.close();
    }
    eventPort.close();
    loop.close();
  }
}
