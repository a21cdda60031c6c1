package kg.sakchy.server.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.security.PinStore;
import kg.sakchy.storage.file.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that cameras showed first, in a text file an administrator can read and edit: a
 * line {@code peer fingerprint} for each. Removing a line accepts the next certificate of that
 * camera.
 *
 * <p>Threads: safe for use by many threads; a new pin blocks for the disk.
 */
final class PinFile implements PinStore {
  private static final Logger LOG = LoggerFactory.getLogger(PinFile.class);

  private final Path file;
  private final TreeMap<String, String> pins = new TreeMap<>();

  /**
   * @param file made with the first pin
   * @throws VmsException UNAVAILABLE when it exists and cannot be read
   */
  PinFile(Path file) {
    this.file = file;
    try {
      for (String line : Files.readAllLines(file)) {
        int space = line.indexOf(' ');
        if (space > 0) {
          pins.put(line.substring(0, space), line.substring(space + 1).strip());
        }
      }
    } catch (NoSuchFileException e) {
      LOG.debug("no camera has shown a certificate yet");
    } catch (IOException e) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE, "the pinned certificates in " + file + " cannot be read", e);
    }
  }

  @Override
  public synchronized Optional<String> find(String peer) {
    return Optional.ofNullable(pins.get(peer));
  }

  @Override
  public synchronized String rememberFirst(String peer, String fingerprint) {
    String known = pins.putIfAbsent(peer, fingerprint);
    if (known != null) {
      return known;
    }
    StringBuilder lines = new StringBuilder();
    pins.forEach((name, pin) -> lines.append(name).append(' ').append(pin).append('\n'));
    try {
      PrivateFiles.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      pins.remove(peer);
      throw new VmsException(
          ErrorKind.UNAVAILABLE, "the camera's certificate cannot be remembered in " + file, e);
    }
    return fingerprint;
  }
}
