package kg.sakchy.web;

import java.util.Arrays;
import java.util.function.Consumer;
import kg.sakchy.core.ptz.PtzCommand;

/**
 * Prints how long a dome moves on after its client was lost, and after it fell silent.
 *
 * <p>Run with the test class path, without arguments.
 */
public final class PtzStopBench {
  private static final int TIMES = 20;

  private PtzStopBench() {}

  public static void main(String[] arguments) {
    try (TestServer server = TestServer.start()) {
      tell("lost", server, PtzClient::abort);
      tell("silent", server, client -> {});
    }
  }

  private static void tell(String how, TestServer server, Consumer<PtzClient> leave) {
    long[] nanos = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      server.ptz.sent.clear();
      try (PtzClient client = new PtzClient(server.port(), "gate")) {
        client.send("{\"command\":\"velocity\",\"pan\":0.5}");
        Await.until("it moves", () -> !server.ptz.sent.isEmpty());
        long left = System.nanoTime();
        leave.accept(client);
        Await.until("it stops", () -> server.ptz.commands().contains(new PtzCommand.Stop()));
        nanos[i] = System.nanoTime() - left;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "client %s: the dome stops after %.0f ms (p50), %.0f ms (at most)%n",
        how, nanos[TIMES / 2] / 1e6, nanos[TIMES - 1] / 1e6);
  }
}
