package kg.sakchy.console.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The programs the build runs: esbuild bundles; Deno, or Node.js where there is no Deno, runs
 * TypeScript's compiler and the unit tests. Those of the packages go before those of the path. What
 * one says is shown when it fails.
 */
final class Tools {
  private static final long PATIENCE_MINUTES = 5;
  private static final String DENO = "@deno/linux-x64-glibc/deno";
  private static final String ESBUILD = "@esbuild/linux-x64/bin/esbuild";

  private final Path base;
  private final Path packages;
  private final Path esbuild;
  private final Path runtime;
  private final boolean isDeno;

  private Tools(Path base, Path packages, Path esbuild, Path runtime, boolean isDeno) {
    this.base = base;
    this.packages = packages;
    this.esbuild = esbuild;
    this.runtime = runtime;
    this.isDeno = isDeno;
  }

  /**
   * @param base directory in which they run
   * @param packages the {@code node_modules} directory
   * @throws BuildFailure when one is neither a package nor on the path
   */
  static Tools find(Path base, Path packages) {
    Path deno = packages.resolve(DENO);
    Path esbuild = packages.resolve(ESBUILD);
    boolean isDeno = Files.exists(deno);
    return new Tools(
        base,
        packages,
        Files.exists(esbuild) ? esbuild : onPath("esbuild", "0.25 or newer"),
        isDeno ? deno : onPath("node", "22.18 or newer"),
        isDeno);
  }

  private static Path onPath(String program, String version) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(place -> List.of(program, program + ".exe").stream().map(Path.of(place)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new BuildFailure(
                    "Maven Central has no %s for %s %s; put %s %s on the path"
                        .formatted(
                            program,
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"),
                            program,
                            version)));
  }

  void checkTypes() throws IOException, InterruptedException {
    String compiler = packages.resolve("typescript/lib/_tsc.js").toString();
    if (isDeno) {
      run(
          runtime,
          "the types do not fit",
          List.of("run", "--allow-read", "--allow-env", "--allow-sys", "--no-remote"),
          List.of("--no-config", "--node-modules-dir=manual", compiler, "-p", "tsconfig.json"));
    } else {
      run(runtime, "the types do not fit", List.of(compiler, "-p", "tsconfig.json"));
    }
  }

  /** Runs the tests of a directory: files whose names end with {@code .test.ts}. */
  void test(Path directory) throws IOException, InterruptedException {
    if (isDeno) {
      run(
          runtime,
          "a test fails",
          List.of(
              "test",
              "--quiet",
              "--reporter=dot",
              "--allow-read",
              "--allow-env",
              "--no-remote",
              "--no-config"),
          List.of("--no-check", directory.toString()));
    } else {
      List<String> files =
          Fingerprint.files(directory).stream()
              .map(Path::toString)
              .filter(name -> name.endsWith(".test.ts"))
              .toList();
      run(runtime, "a test fails", List.of("--test"), files);
    }
  }

  /** The licence of a package. */
  Path licence(String name) {
    return packages.resolve(name).resolve("LICENSE");
  }

  void bundle(List<String> arguments) throws IOException, InterruptedException {
    run(esbuild, "it cannot be bundled", arguments);
  }

  @SafeVarargs
  private void run(Path program, String failure, List<String>... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    for (List<String> some : arguments) {
      command.addAll(some);
    }
    Path said = base.resolve("target/console/said.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(base.toFile());
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("NODE_PATH", packages.toString());
    builder.environment().put("DENO_DIR", base.resolve("target/console/deno").toString());
    builder.environment().put("DENO_NO_UPDATE_CHECK", "1");
    builder.environment().put("NO_COLOR", "1");
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new BuildFailure(program.getFileName() + " did not end");
    }
    if (process.exitValue() != 0) {
      System.err.print(Files.readString(said));
      throw new BuildFailure(failure);
    }
  }
}
