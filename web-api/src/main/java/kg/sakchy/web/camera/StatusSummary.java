package kg.sakchy.web.camera;

import java.util.Locale;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.web.http.Words;
import org.jspecify.annotations.Nullable;

/** How a camera is doing, in one word. */
enum StatusSummary {
  /** Pictures arrive and are written. */
  RECORDING,
  /** Pictures arrive; nobody asked to write them, or writing has not begun. */
  STREAMING,
  /** The first connection, or the first key frame, is awaited. */
  CONNECTING,
  /** It should work and does not. */
  FAILING,
  /** Nobody asked for it. */
  OFF;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static StatusSummary of(@Nullable StreamStatus live, @Nullable RecordingStatus recording) {
    if (live == null) {
      return recording == null || recording.state() == RecordingStatus.State.OFF ? OFF : CONNECTING;
    }
    if (recording != null && recording.problem() != null) {
      return FAILING;
    }
    return switch (live.state()) {
      case STREAMING ->
          recording != null && recording.state() == RecordingStatus.State.RECORDING
              ? RECORDING
              : STREAMING;
      case CONNECTING, WAITING_FOR_KEY_FRAME -> live.lastError() == null ? CONNECTING : FAILING;
      case BACKING_OFF -> FAILING;
      case CLOSED -> OFF;
    };
  }

  /** One sentence for people; with the reason when it fails. */
  String words(Words words, @Nullable StreamStatus live, @Nullable RecordingStatus recording) {
    String sentence = words.text("status." + code());
    if (this != FAILING) {
      return sentence;
    }
    if (recording != null && recording.problem() != null) {
      return sentence + ": " + recording.problem();
    }
    return live == null || live.lastError() == null
        ? sentence
        : sentence + ": " + live.lastError().message();
  }
}
