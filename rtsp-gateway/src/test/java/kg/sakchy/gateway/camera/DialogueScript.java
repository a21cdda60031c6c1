package kg.sakchy.gateway.camera;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A dialogue in text. Lines that begin with
 *
 * <ul>
 *   <li>{@code C:} are a request that must come: its first line as it is, and fields it must have;
 *   <li>{@code S:} are sent, as they are, after it; {@code {port}}, {@code {cseq}}, {@code {sprop}}
 *       and, for the size of the body, {@code {length}} are filled in;
 *   <li>{@code !} make the camera do something, see {@link ScriptedCamera};
 *   <li>{@code #} say where the dialogue is from.
 * </ul>
 *
 * @param steps in order
 */
public record DialogueScript(List<Step> steps) {
  /** One part of a dialogue. */
  public sealed interface Step {
    /** Lines of a request. */
    record Expect(List<String> lines) implements Step {}

    /** Lines of an answer. */
    record Say(List<String> lines) implements Step {}

    /** A word and its arguments. */
    record Act(List<String> words) implements Step {}
  }

  /** Reads {@code golden/rtsp/<name>.txt}. */
  public static DialogueScript golden(String name) {
    String path = "/golden/rtsp/" + name + ".txt";
    try (InputStream in = DialogueScript.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + path);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static DialogueScript parse(String text) {
    List<Step> steps = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    char kind = ' ';
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      char next = line.strip().charAt(0);
      boolean opens = next == '!' || next != kind || isFirstLine(next, line);
      if (opens) {
        close(kind, lines, steps);
        lines = new ArrayList<>();
      }
      kind = next;
      String stripped = line.strip();
      lines.add(
          next == '!'
              ? stripped.substring(1)
              : stripped.substring(Math.min(2, stripped.length())).strip());
    }
    close(kind, lines, steps);
    return new DialogueScript(steps);
  }

  private static boolean isFirstLine(char kind, String line) {
    return kind == 'C' ? line.endsWith(" RTSP/1.0") : line.contains("RTSP/1.0 ");
  }

  private static void close(char kind, List<String> lines, List<Step> steps) {
    switch (kind) {
      case 'C' -> steps.add(new Step.Expect(lines));
      case 'S' -> steps.add(new Step.Say(lines));
      case '!' -> steps.add(new Step.Act(List.of(lines.getFirst().strip().split("\\s+", -1))));
      default -> {
        // a comment
      }
    }
  }
}
