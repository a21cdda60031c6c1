package kg.sakchy.onvif.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;

/** Answers probes as so many cameras of one segment; prints a line when it is ready. */
final class CamerasMain {
  private CamerasMain() {}

  /**
   * @param args how many cameras, the number of the first, the network their addresses are of
   */
  public static void main(String[] args) throws IOException {
    int cameras = Integer.parseInt(args[0]);
    int first = Integer.parseInt(args[1]);
    NetworkInterface leg =
        NetworkInterface.networkInterfaces()
            .filter(each -> !isLoopback(each))
            .findFirst()
            .orElseThrow();
    try (MulticastSocket socket = new MulticastSocket(3702)) {
      socket.joinGroup(new InetSocketAddress(InetAddress.getByName("239.255.255.250"), 3702), leg);
      System.out.println("ready");
      byte[] buffer = new byte[65_535];
      while (true) {
        DatagramPacket probe = new DatagramPacket(buffer, buffer.length);
        socket.receive(probe);
        for (int i = first; i < first + cameras; i++) {
          String address = "http://" + args[2] + (10 + i) + "/onvif/device_service";
          byte[] answer =
              SampleDatagrams.camera(
                  String.format("urn:uuid:5f5a69c2-e0ae-504f-829b-%012d", i), address);
          socket.send(new DatagramPacket(answer, answer.length, probe.getSocketAddress()));
        }
      }
    }
  }

  private static boolean isLoopback(NetworkInterface each) {
    try {
      return each.isLoopback();
    } catch (IOException e) {
      return true;
    }
  }
}
