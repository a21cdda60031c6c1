package kg.sakchy.web.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The console's files, by address: its page at {@code /}, what the page is made of below {@code
 * /a/}.
 *
 * <p>They are read from the class path once. While the console is developed, the system property
 * {@value #DEVELOPMENT} names the directory that its build writes after every change; then each
 * request reads the file anew.
 */
public final class ConsoleFiles {
  /** Address of the page. */
  public static final String PAGE = "/";

  private static final String DEVELOPMENT = "sakchy.console.dir";
  private static final String HOME = "/kg/sakchy/console/";
  private static final String INDEX = "index.html";
  private static final String PARTS = "a/";
  private static final String PACKED = ".gz";

  private final Set<String> names;
  private final Function<String, @Nullable ConsoleFile> files;

  private ConsoleFiles(Set<String> names, Function<String, @Nullable ConsoleFile> files) {
    this.names = names;
    this.files = files;
  }

  /**
   * Finds the files.
   *
   * @throws IllegalStateException when there are none
   */
  public static ConsoleFiles load() {
    String directory = System.getProperty(DEVELOPMENT);
    return directory == null
        ? ofClassPath()
        : ofDirectory(Path.of(directory).toAbsolutePath().normalize());
  }

  private static ConsoleFiles ofClassPath() {
    Set<String> names = names(bytes("files.txt"));
    Map<String, ConsoleFile> files = new HashMap<>();
    for (String name : names) {
      Buffer gzip = names.contains(name + PACKED) ? Buffer.buffer(bytes(name + PACKED)) : null;
      files.put(name, file(name, Buffer.buffer(bytes(name)), gzip, name.startsWith(PARTS)));
    }
    return new ConsoleFiles(names, files::get);
  }

  private static ConsoleFiles ofDirectory(Path directory) {
    Set<String> names = names(read(directory.resolve("files.txt")));
    return new ConsoleFiles(
        names,
        name -> {
          Path file = directory.resolve(name).normalize();
          return file.startsWith(directory) && Files.isRegularFile(file)
              ? file(name, Buffer.buffer(read(file)), null, false)
              : null;
        });
  }

  private static Set<String> names(byte[] list) {
    return List.of(new String(list, StandardCharsets.UTF_8).split("\n")).stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  private static ConsoleFile file(
      String name, Buffer plain, @Nullable Buffer gzip, boolean isForEver) {
    return new ConsoleFile(ConsoleFile.typeOf(name), isForEver, plain, gzip);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(HOME + name)) {
      if (in == null) {
        throw new IllegalStateException("the console lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What anyone may read: what the page is made of holds nothing of anybody. */
  public Set<String> open() {
    return names.stream()
        .filter(name -> name.startsWith(PARTS) && !name.endsWith(PACKED))
        .map(name -> "/" + name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Adds the addresses. */
  public void mount(Router router) {
    router.get(PAGE).handler(context -> send(context, INDEX));
    router.get("/media-player.js").handler(context -> send(context, "media-player.js"));
    router
        .get("/" + PARTS + ":file")
        .handler(context -> send(context, PARTS + context.pathParam("file")));
  }

  private void send(RoutingContext context, String name) {
    ConsoleFile file = name.endsWith(PACKED) ? null : files.apply(name);
    if (file == null) {
      context.next();
    } else {
      file.send(context);
    }
  }
}
