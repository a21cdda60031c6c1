package kg.sakchy.server.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import kg.sakchy.core.access.FirstAdministrator;
import kg.sakchy.core.config.ListenAddress;
import kg.sakchy.core.config.VmsConfig;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.server.VmsServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the server until SIGTERM or Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private final ConfigFile config = new ConfigFile();

  @Override
  public Integer call() throws InterruptedException {
    VmsConfig loaded = config.load();
    VmsServer server = VmsServer.start(loaded, VmsClock.system());
    System.out.println("Sakchy listens on " + server.address());
    server
        .rtspAddress()
        .ifPresent(at -> System.out.println("Cameras over RTSP: " + at + "CAMERA/main"));
    server.rtspsAddress().ifPresent(at -> System.out.println("Over TLS: " + at + "CAMERA/main"));
    server
        .certificate()
        .ifPresent(shown -> System.out.println("Certificate: SHA-256 " + shown.fingerprint()));
    if (ListenAddress.isLoopback("http.host", loaded.http().host())) {
      System.out.println("The web server answers this machine only.");
    }
    server
        .entry()
        .announceFirstAdministrator(
            password ->
                System.out.println(
                    "First sign-in: account "
                        + FirstAdministrator.ID
                        + ", one-time password "
                        + password));
    runUntilTold(server);
    return 0;
  }

  /** Waits for SIGTERM or Ctrl-C, then closes the server, which seals what is being recorded. */
  static void runUntilTold(AutoCloseable server) throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    server.close();
                  } catch (Exception e) {
                    System.err.println("vms: stopping failed: " + e.getMessage());
                  }
                  told.countDown();
                },
                "shutdown"));
    told.await();
  }
}
