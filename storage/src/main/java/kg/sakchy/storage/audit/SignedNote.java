package kg.sakchy.storage.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A checkpoint with signatures, in the form of a C2SP signed-note:
 *
 * <pre>
 * the lines of the checkpoint
 * (an empty line)
 * — name base64(id of the key || signature over the lines)
 * </pre>
 *
 * <p>More signature lines may follow, of witnesses; those of keys nobody knows do not count.
 *
 * @param checkpoint what it says
 * @param text all of it, as it is kept and handed on
 */
public record SignedNote(Checkpoint checkpoint, String text) {
  private static final int LONGEST = 8_192;
  private static final String MARK = "\u2014 ";
  private static final int ID_BYTES = 4;

  /** Signs a checkpoint. */
  public static SignedNote sign(Checkpoint checkpoint, CheckpointKey key) {
    String lines = checkpoint.text();
    byte[] signature = key.sign(lines.getBytes(StandardCharsets.UTF_8));
    VerifierKey verifier = key.verifier();
    byte[] named = VerifierKey.joined(verifier.id(), signature);
    return new SignedNote(
        checkpoint,
        lines
            + "\n"
            + MARK
            + verifier.name()
            + " "
            + Base64.getEncoder().encodeToString(named)
            + "\n");
  }

  /**
   * Reads a note; whose it is, {@link #isSignedBy} says.
   *
   * @throws VmsException INVALID_ARGUMENT when it is none
   */
  public static SignedNote parse(String text) {
    int lines = text.indexOf("\n\n");
    if (text.length() > LONGEST || lines < 0 || !text.startsWith(MARK, lines + 2)) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not a signed checkpoint");
    }
    return new SignedNote(Checkpoint.parse(text.substring(0, lines + 1)), text);
  }

  /** The notes of a file, one after another; a last one that is cut off is left out. */
  public static List<SignedNote> parseAll(String text) {
    List<SignedNote> notes = new ArrayList<>();
    StringBuilder note = new StringBuilder();
    boolean signed = false;
    for (String line : text.split("(?<=\n)", -1)) {
      if (signed && !line.startsWith(MARK)) {
        notes.add(parse(note.toString()));
        note.setLength(0);
        signed = false;
      }
      note.append(line);
      signed |= line.startsWith(MARK) && line.endsWith("\n");
    }
    if (signed) {
      notes.add(parse(note.toString()));
    }
    return notes;
  }

  /** Whether the key has signed it. */
  public boolean isSignedBy(VerifierKey key) {
    byte[] lines = checkpoint.text().getBytes(StandardCharsets.UTF_8);
    String wanted = MARK + key.name() + " ";
    return text.lines()
        .filter(line -> line.startsWith(wanted))
        .map(line -> decode(line.substring(wanted.length())))
        .anyMatch(
            named ->
                named.length > ID_BYTES
                    && Arrays.equals(Arrays.copyOf(named, ID_BYTES), key.id())
                    && key.verifies(lines, Arrays.copyOfRange(named, ID_BYTES, named.length)));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
