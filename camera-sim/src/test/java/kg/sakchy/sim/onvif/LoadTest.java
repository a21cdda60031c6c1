package kg.sakchy.sim.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.Eventually;
import kg.sakchy.sim.onvif.soap.SoapEnvelope;
import kg.sakchy.sim.onvif.soap.Xml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many devices, each with a long poll. */
class LoadTest {
  private static final int DEVICES = 2_000;
  private static final int MOST_BYTES_EACH = 64 << 10;

  private final OnvifSim sim = OnvifSim.start(OnvifSimOptions.DEFAULTS);
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    sim.close();
  }

  @Test
  void holdsTwoThousandLongPolls() throws Exception {
    warmUp();
    long before = usedBytes();
    List<SimDevice> devices = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      SimDevice device = sim.addDevice(SimDeviceProfile.of("cam-" + i));
      devices.add(device);
      poll(device);
    }
    Eventually.holds(
        "all wait", () -> devices.stream().allMatch(device -> device.events().waitingPulls() == 1));
    long each = (usedBytes() - before) / DEVICES;
    System.out.println("bytes of heap for a device with a long poll, both ends: " + each);
    assertThat(each).isLessThan(MOST_BYTES_EACH);
    devices.forEach(device -> device.events().motion(true));
    for (Socket socket : sockets) {
      assertThat(read(socket)).contains("MotionAlarm");
    }
  }

  private void warmUp() throws Exception {
    poll(sim.addDevice(SimDeviceProfile.of("warm")));
    sockets.removeFirst().close();
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void poll(SimDevice device) throws Exception {
    Socket socket = new Socket(device.uri().getHost(), device.uri().getPort());
    sockets.add(socket);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    post(
        socket,
        device.uri().getPath().replace("device_service", "event_service"),
        new Xml().empty("tev:CreatePullPointSubscription").finish());
    String created = read(socket);
    String address =
        created.substring(
            created.indexOf("<wsa:Address>") + "<wsa:Address>".length(),
            created.indexOf("</wsa:Address>"));
    String path = URI.create(address).getPath();
    String pull =
        new Xml()
            .begin("tev:PullMessages")
            .leaf("tev:Timeout", "PT60S")
            .leaf("tev:MessageLimit", 10)
            .end()
            .finish();
    post(socket, path, pull);
    assertThat(read(socket)).contains("Initialized");
    post(socket, path, pull);
  }

  private static void post(Socket socket, String path, String body) throws Exception {
    byte[] envelope = SoapEnvelope.of("", body).getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/soap+xml\r\nContent-Length: "
            + envelope.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(envelope);
  }

  private static String read(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length:") + "content-length:".length();
    int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)).strip());
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
