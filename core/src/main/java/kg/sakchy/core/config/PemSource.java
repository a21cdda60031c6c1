package kg.sakchy.core.config;

import java.nio.file.Path;

/**
 * Where certificates or a key in PEM are found. In configuration files it is written {@code
 * file:PATH}, and the file is read again when it changes; or {@code env:NAME}, a variable that
 * holds the text itself.
 */
public sealed interface PemSource {
  /** Nothing is given. */
  record Absent() implements PemSource {}

  /** In a file. */
  record InFile(Path path) implements PemSource {}

  /** In the environment. */
  record Given(String name, Secret text) implements PemSource {}

  /** Whether there is one. */
  default boolean isGiven() {
    return !(this instanceof Absent);
  }
}
