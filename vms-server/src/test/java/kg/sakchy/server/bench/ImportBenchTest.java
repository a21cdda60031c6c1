package kg.sakchy.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.device.CameraImports.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The measurement measures what it says: real registrations, none of which failed. */
class ImportBenchTest {
  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void camerasAreReallyRegistered() throws Exception {
    ImportBench.Report report = new ImportBench(12, 2, Duration.ofMillis(5)).run();
    assertThat(report.run().state()).isEqualTo(Run.State.DONE);
    assertThat(report.run().registered()).isEqualTo(12);
    assertThat(report.run().failed()).isZero();
    assertThat(report.aloneMillis()).hasSize(2).allMatch(millis -> millis >= 5);
    assertThat(report.toString()).contains("12 rows: 12 registered, 0 failed");
  }
}
