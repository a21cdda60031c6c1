package kg.sakchy.server.cli;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.server.demo.DemoClips;
import kg.sakchy.server.demo.SimFleet;
import kg.sakchy.sim.ClipMedia;
import kg.sakchy.sim.ClipOptions;
import kg.sakchy.sim.onvif.SimDevice;
import kg.sakchy.sim.onvif.SimPlacement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulated cameras alone, for tests of this or any other recorder. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = "Runs simulated ONVIF and RTSP cameras until SIGTERM or Ctrl-C.")
final class SimCommand implements Callable<Integer> {
  private static final Duration MOTION_EVERY = Duration.ofSeconds(20);
  private static final Duration MOTION_FOR = Duration.ofSeconds(5);

  @Option(
      names = "--cameras",
      paramLabel = "N",
      defaultValue = "4",
      description = "fixed cameras that repeat a clip: cam1 to camN (${DEFAULT-VALUE})")
  private int cameras;

  @Option(
      names = "--domes",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "domes with a drawn scene that turns with them, motion events, and a card: dome1 to"
              + " domeN (${DEFAULT-VALUE})")
  private int domes;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "address of this machine to listen on (${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8554",
      description = "TCP port of RTSP; 0 takes a free one (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--onvif-port",
      paramLabel = "PORT",
      defaultValue = "8899",
      description = "TCP port of ONVIF; 0 takes a free one (${DEFAULT-VALUE})")
  private int onvifPort;

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      description = "network interface to be found on by WS-Discovery; without it, none")
  private @Nullable String network;

  @Option(
      names = "--clip",
      paramLabel = "FILE",
      description =
          "MP4 file to repeat; without it a scene of 1280x720 at 25 frames a second and 2 Mbit/s")
  private @Nullable Path clip;

  @Override
  public Integer call() throws InterruptedException {
    SimFleet fleet = SimFleet.start(VmsClock.system(), host, port, onvifPort);
    if (cameras > 0) {
      addCameras(fleet);
    }
    for (int n = 1; n <= domes; n++) {
      SimDevice dome = fleet.dome("dome" + n, "DOME " + n, SimPlacement.shared());
      fleet.motion(dome, MOTION_EVERY, MOTION_FOR);
      fleet.card(dome);
    }
    if (network != null) {
      fleet.announce(networkInterface(network));
    }
    System.out.println(fleet.stream("cam") + "{n}");
    fleet.devices().stream().findFirst().ifPresent(device -> System.out.println(device.uri()));
    System.out.println(
        "%d cameras, %d domes; user %s, password %s"
            .formatted(cameras, domes, SimFleet.LOGIN.user(), SimFleet.LOGIN.password()));
    ServeCommand.runUntilTold(fleet);
    return 0;
  }

  private void addCameras(SimFleet fleet) {
    ClipMedia media = ClipMedia.open(clip == null ? DemoClips.load() : clip);
    for (int n = 1; n <= cameras; n++) {
      // Key frames of different cameras at different moments, as in real life.
      Duration startAt = media.length().multipliedBy(n - 1).dividedBy(cameras);
      ClipOptions options = ClipOptions.DEFAULTS.withStartAt(startAt);
      fleet.clip("cam" + n, media, options, SimPlacement.shared());
    }
  }

  private static NetworkInterface networkInterface(String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      if (found != null) {
        return found;
      }
    } catch (SocketException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "the network interfaces cannot be listed", e);
    }
    throw new VmsException(ErrorKind.INVALID_ARGUMENT, "there is no network interface " + name);
  }
}
