package kg.sakchy.console.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the console: types checked, unit tests run, bundled, named by content, compressed. Run
 * from source by the module's pom.
 *
 * <p>Arguments: the goal ({@code build}, or {@code dev}: bundle again after every change), the
 * module's directory, the class path whose jars hold the packages. Ends with 1 and a sentence when
 * something is wrong. Nothing is done when nothing has changed since the last good build.
 */
final class ConsoleBuild {
  private static final long LOOK_MILLIS = 150;

  private final Path source;
  private final Path tests;
  private final Path built;
  private final Path done;
  private final Path base;
  private final List<Path> jars;

  private ConsoleBuild(Path base, List<Path> jars) {
    this.base = base;
    this.jars = jars;
    source = base.resolve("src/main/web");
    tests = base.resolve("src/test/web");
    built = base.resolve("target/classes/kg/sakchy/console");
    done = base.resolve("target/console/done");
  }

  public static void main(String[] args) throws Exception {
    ConsoleBuild build =
        new ConsoleBuild(
            Path.of(args[1]).toAbsolutePath(),
            Arrays.stream(args[2].split(File.pathSeparator)).map(Path::of).toList());
    try {
      switch (args[0]) {
        case "build" -> build.once();
        case "dev" -> build.again();
        default -> throw new BuildFailure("no such goal: " + args[0]);
      }
    } catch (BuildFailure e) {
      System.err.println("The console was not built: " + e.getMessage());
      System.exit(1);
    }
  }

  private void once() throws Exception {
    String state = state();
    if (Files.exists(done) && Files.readString(done).equals(state) && Files.exists(built)) {
      return;
    }
    Tools tools = tools();
    tools.checkTypes();
    tools.test(tests);
    new Bundle(tools, source, built).write();
    Files.writeString(done, state);
  }

  private void again() throws Exception {
    Bundle bundle = new Bundle(tools(), source, base.resolve("target/console/dev"));
    String last = "";
    while (true) {
      String state = Fingerprint.of(List.of(source));
      if (!state.equals(last)) {
        last = state;
        try {
          bundle.writeForDevelopment(state);
        } catch (BuildFailure e) {
          System.err.println(e.getMessage()); // esbuild has said where
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private Tools tools() throws IOException {
    Path packages = base.resolve("target/console/node_modules");
    new NodeModules(packages).install(jars);
    return Tools.find(base, packages);
  }

  private String state() throws IOException {
    return Fingerprint.of(
        List.of(source, tests, base.resolve("src/build"), base.resolve("tsconfig.json")), jars);
  }
}
