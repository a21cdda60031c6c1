package kg.sakchy.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What goes wrong at the start is one sentence and an exit code, never a stack trace. */
@Isolated("replaces standard error")
class VmsTest {
  @TempDir Path dir;

  private record Outcome(int code, String said) {}

  @Test
  void aBusyPortIsOneSentence() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config =
          config(
              "dataDir: %s%nhttp:%n  port: %d%nrtsp:%n  port: 0%nwebrtc:%n  port: 0%n"
                  .formatted(dir.resolve("data"), busy.getLocalPort()));
      Outcome outcome = run("serve", "--config", config.toString());
      assertThat(outcome.code()).isEqualTo(75);
      assertThat(outcome.said())
          .contains(Integer.toString(busy.getLocalPort()))
          .doesNotContain("\tat ");
    }
  }

  @Test
  void anUnwritableDirectoryIsOneSentence() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    Outcome outcome =
        run("serve", "--config", config("dataDir: %s/x%n".formatted(file)).toString());
    assertThat(outcome.code()).isEqualTo(77);
    assertThat(outcome.said())
        .contains("the data directory " + file + "/x cannot be written")
        .doesNotContain("\tat ");
  }

  @Test
  void aMisspeltKeyIsOneSentence() throws IOException {
    Outcome outcome = run("serve", "--config", config("htpp:%n  port: 1%n".formatted()).toString());
    assertThat(outcome.code()).isEqualTo(78);
    assertThat(outcome.said()).contains("unknown key htpp").doesNotContain("\tat ");
  }

  @Test
  void anAddressBeyondLoopbackIsRefusedWithoutEncryption() throws IOException {
    Path config =
        config(
            "dataDir: %s%nhttp:%n  host: 0.0.0.0%n  port: 0%nrtsp:%n  port: 0%nwebrtc:%n  port: 0%n"
                .formatted(dir.resolve("data")));
    Outcome outcome = run("serve", "--config", config.toString());
    assertThat(outcome.code()).isEqualTo(75);
    assertThat(outcome.said())
        .contains("http.host is 0.0.0.0")
        .contains("loopback")
        .contains("http.insecure")
        .doesNotContain("\tat ");
  }

  @Test
  void aKeyThatIsNotThereIsOneSentence() throws IOException {
    Path config =
        config(
            "dataDir: %1$s%ntls:%n  mode: files%n  certificate: file:%1$s/c.pem%n  key: env:PATH%n"
                .formatted(dir.resolve("data")));
    Outcome outcome = run("serve", "--config", config.toString());
    assertThat(outcome.code()).isEqualTo(78);
    assertThat(outcome.said())
        .contains("tls.certificate: cannot read the file " + dir.resolve("data") + "/c.pem")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnknownCommandSaysHowItIsUsed() {
    Outcome outcome = run("sreve");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.said()).contains("serve");
  }

  @Test
  void theScriptSaysWhichJavaIsMissing() throws IOException, InterruptedException {
    Path script = dir.resolve("vms");
    String text = Files.readString(Path.of("..", "vms"));
    assertThat(text).contains("least=25");
    Files.writeString(script, text.replace("least=25", "least=1000"));
    Process process = new ProcessBuilder("sh", script.toString(), "serve").start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(69);
    assertThat(said.lines()).hasSize(1);
    assertThat(said).contains("no Java 1000 or newer was found").contains("JAVA_HOME");
  }

  private Path config(String yaml) throws IOException {
    return Files.writeString(dir.resolve("vms.yaml"), yaml);
  }

  private static Outcome run(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      return new Outcome(Vms.run(arguments), said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }
}
