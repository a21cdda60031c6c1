package kg.sakchy.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the build that looks at licences lets nothing in unseen. */
class BillOfMaterialsTest {
  private static final String RULES =
      "allowed MIT\nspelled MIT = The MIT License\n# a word\n\n"
          + "reviewed org.odd:* | LGPL-2.1-only | Odd | It can be replaced.\n";

  @TempDir private Path directory;

  /**
   * What the program said.
   *
   * @param exit 0 when nothing is wrong
   */
  private record Outcome(int exit, String said) {}

  @BeforeEach
  void prepare() throws IOException {
    write("project/build/licences.txt", RULES);
    write("project/NOTICE", "Holds Odd.");
    write("home/lib/app-1.jar", "app");
    library("org.nice", "nice", "The MIT License");
    library("org.odd", "odd", "Whatever");
    write(
        "tree.tgf",
        """
        1 kg.sakchy:app:jar:1
        2 org.nice:nice:jar:1:compile
        3 org.odd:odd:jar:natives:1:runtime
        #
        1 2 compile
        2 3 runtime
        """);
    Files.move(
        directory.resolve("home/lib/odd-1.jar"), directory.resolve("home/lib/odd-1-natives.jar"));
  }

  private void library(String group, String name, String licence) throws IOException {
    String pom = "repository/" + group.replace('.', '/') + "/" + name + "/1/" + name + "-1.pom";
    write(
        pom,
        "<project><licenses><license><name>" + licence + "</name></license></licenses></project>");
    write("home/lib/" + name + "-1.jar", name);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(directory.resolve(file.substring(0, file.lastIndexOf('/') + 1)));
    Files.writeString(directory.resolve(file), text);
  }

  private Outcome run() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    Path.of("..", "build", "BillOfMaterials.java").toString(),
                    directory.resolve("tree.tgf").toString(),
                    directory.resolve("home").toString(),
                    directory.resolve("repository").toString(),
                    directory.resolve("project").toString(),
                    "2026-11-22T00:00:00Z"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), said);
  }

  @Test
  void everyLibraryIsNamedWithItsLicenceAndTwiceTheSame() throws Exception {
    assertThat(run()).isEqualTo(new Outcome(0, ""));
    String document = Files.readString(directory.resolve("home/sbom.json"));
    assertThat(document)
        .contains(
            "\"specVersion\": \"1.6\"",
            "pkg:maven/org.nice/nice@1?type=jar",
            "pkg:maven/org.odd/odd@1?classifier=natives&type=jar",
            "{\"expression\": \"LGPL-2.1-only\"}",
            "2026-11-22T00:00:00Z");
    assertThat(new ObjectMapper().readTree(document).get("components")).hasSize(2);
    assertThat(Files.readString(directory.resolve("home/THIRD-PARTY.txt")))
        .contains("org.nice:nice 1: MIT\norg.odd:odd 1: LGPL-2.1-only\n", "It can be replaced.");
    run();
    assertThat(Files.readString(directory.resolve("home/sbom.json"))).isEqualTo(document);
  }

  @Test
  void aLicenceNobodyHasLookedAtFails() throws Exception {
    library("org.nice", "nice", "GNU General Public License v3");
    Outcome outcome = run();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said())
        .contains("not allowed: org.nice:nice:1 under GNU General Public License v3");
  }

  @Test
  void whatIsMissingOrTooMuchFails() throws Exception {
    write("home/lib/stray-2.jar", "stray");
    write("project/NOTICE", "Holds nothing.");
    write(
        "project/build/licences.txt", RULES + "reviewed org.gone:* | MIT | - | Was there once.\n");
    write("repository/org/nice/nice/1/nice-1.pom", "<project/>");
    Files.delete(directory.resolve("home/lib/odd-1-natives.jar"));
    Outcome outcome = run();
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.said())
        .contains(
            "in lib/, but no dependency: stray-2.jar",
            "a dependency, but not in lib/: odd-1-natives.jar",
            "NOTICE does not name Odd",
            "reviewed, but not in the distribution: org.gone:*",
            "no licence is known of org.nice:nice:1");
  }
}
