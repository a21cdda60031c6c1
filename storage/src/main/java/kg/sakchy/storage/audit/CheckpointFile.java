package kg.sakchy.storage.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.storage.file.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The newest checkpoint, kept beside the database: a database that somebody put back to an older
 * state does not know it. Checkpoints that the log did not fit any more stay in the file for ever,
 * before the newest.
 *
 * <p>Threads: one.
 */
public final class CheckpointFile {
  private static final long LONGEST = 1 << 20;

  private final Path file;

  public CheckpointFile(Path file) {
    this.file = file;
  }

  /**
   * What is kept, the newest last; empty when there is no file.
   *
   * @throws VmsException DATA_LOSS when it is no such file
   */
  public List<SignedNote> read() {
    try {
      if (Files.size(file) > LONGEST) {
        throw damaged(null);
      }
      return SignedNote.parseAll(Files.readString(file));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (VmsException | IOException e) {
      throw damaged(e);
    }
  }

  /** Puts {@code newest} in the place of the last one. */
  public void replace(SignedNote newest) {
    List<SignedNote> notes = new ArrayList<>(read());
    if (!notes.isEmpty()) {
      notes.removeLast();
    }
    notes.add(newest);
    write(notes);
  }

  /** Adds {@code newest}; the last one stays, because the log does not fit it. */
  public void add(SignedNote newest) {
    List<SignedNote> notes = new ArrayList<>(read());
    notes.add(newest);
    write(notes);
  }

  private void write(List<SignedNote> notes) {
    StringBuilder text = new StringBuilder();
    notes.forEach(note -> text.append(note.text()));
    try {
      PrivateFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new VmsException(ErrorKind.UNAVAILABLE, file + " cannot be written", e);
    }
  }

  private VmsException damaged(@Nullable Exception cause) {
    return new VmsException(ErrorKind.DATA_LOSS, "not a file of checkpoints: " + file, cause);
  }
}
