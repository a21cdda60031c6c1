package kg.sakchy.onvif.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import kg.sakchy.core.device.DiscoveredDevice;
import kg.sakchy.core.device.DiscoveryEvent;
import kg.sakchy.core.device.DiscoveryRequest;
import kg.sakchy.core.time.VmsClock;

/**
 * Searches the networks it finds itself in for five seconds, or scans a range, and prints a line
 * for each event.
 */
final class SearchMain {
  private SearchMain() {}

  /**
   * @param args ranges to scan; none to search by multicast
   */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch finished = new CountDownLatch(1);
    long start = System.nanoTime();
    new NetworkDiscovery(address -> false, VmsClock.system())
        .start(
            new DiscoveryRequest(List.of(args), Duration.ofSeconds(5)),
            event -> {
              long millis = (System.nanoTime() - start) / 1_000_000;
              switch (event) {
                case DiscoveryEvent.Found(DiscoveredDevice device) ->
                    System.out.printf(
                        "found %s %s %s %d%n",
                        device.endpoint(),
                        device.services().getFirst(),
                        device.otherSubnet() ? "elsewhere" : "here",
                        millis);
                case DiscoveryEvent.Finished done -> {
                  System.out.printf("finished %d %s %d%n", done.found(), done.problem(), millis);
                  finished.countDown();
                }
                default -> {}
              }
            });
    finished.await();
  }
}
