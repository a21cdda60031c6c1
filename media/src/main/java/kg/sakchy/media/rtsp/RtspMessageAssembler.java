package kg.sakchy.media.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of one message at a time: head up to the empty line, then as many bytes of
 * body as Content-Length says (RFC 2326 §4.4). Threads: confined to one.
 */
final class RtspMessageAssembler {
  private static final Pattern STATUS_LINE =
      Pattern.compile("RTSP/1\\.\\d +([1-9]\\d\\d)(?: +(.*))?");
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([A-Z_]{3,20}) +(\\S+) +RTSP/1\\.\\d");
  private static final byte[] NO_BODY = {};

  private final RtspLimits limits;
  private byte[] head = new byte[1_024];
  private int headSize;
  private int lineStart;
  private boolean firstLineDone;
  private @Nullable RtspMessage parsedHead;
  private byte[] body = NO_BODY;
  private int bodySize;

  /** How far a message is. */
  enum Progress {
    MORE,
    COMPLETE,
    /** The first line is none of RTSP; {@link #abandon} gives the bytes back. */
    NOT_A_MESSAGE
  }

  RtspMessageAssembler(RtspLimits limits) {
    this.limits = limits;
  }

  /** Takes bytes until the message is complete or the source is empty. */
  Progress take(ByteBuffer source) {
    while (parsedHead == null) {
      if (!source.hasRemaining()) {
        return firstLineDone
                || StartMatch.message(ByteBuffer.wrap(head, 0, headSize), 0) != StartMatch.NO
            ? Progress.MORE
            : Progress.NOT_A_MESSAGE;
      }
      byte b = source.get();
      append(b);
      if (b == '\n' && !lineEnded()) {
        return Progress.NOT_A_MESSAGE;
      }
    }
    int count = Math.min(source.remaining(), body.length - bodySize);
    source.get(body, bodySize, count);
    bodySize += count;
    return bodySize == body.length ? Progress.COMPLETE : Progress.MORE;
  }

  private void append(byte b) {
    if (headSize == limits.head() || headSize - lineStart == limits.line()) {
      throw new VmsException(
          ErrorKind.DATA_LOSS,
          headSize == limits.head()
              ? "an RTSP message with a head of over " + limits.head() + " bytes"
              : "an RTSP line of over " + limits.line() + " bytes");
    }
    if (headSize == head.length) {
      head = Arrays.copyOf(head, Math.min(2 * head.length, limits.head()));
    }
    head[headSize++] = b;
  }

  /** Returns false if the first line is none of RTSP. */
  private boolean lineEnded() {
    int length = headSize - 1 - lineStart;
    if (length > 0 && head[headSize - 2] == '\r') {
      length--;
    }
    if (!firstLineDone) {
      firstLineDone = true;
      String line = new String(head, 0, length, StandardCharsets.ISO_8859_1);
      if (!STATUS_LINE.matcher(line).matches() && !REQUEST_LINE.matcher(line).matches()) {
        return false;
      }
    } else if (length == 0) {
      parseHead();
    }
    lineStart = headSize;
    return true;
  }

  private void parseHead() {
    String text = new String(head, 0, headSize, StandardCharsets.UTF_8);
    String[] lines = text.split("\r?\n", -1);
    RtspHeaders headers = headers(lines);
    body = new byte[contentLength(headers)];
    bodySize = 0;
    Matcher status = STATUS_LINE.matcher(lines[0]);
    if (status.matches()) {
      String reason = status.group(2) == null ? "" : status.group(2).strip();
      parsedHead = new RtspResponse(Integer.parseInt(status.group(1)), reason, headers, body);
      return;
    }
    Matcher request = REQUEST_LINE.matcher(lines[0]);
    if (!request.matches()) {
      throw new VmsException(ErrorKind.DATA_LOSS, "a malformed RTSP first line");
    }
    parsedHead = new RtspRequest(request.group(1), request.group(2), headers, body);
  }

  /**
   * Lines without a colon are skipped; a line that begins with a space continues the one before.
   */
  private static RtspHeaders headers(String[] lines) {
    RtspHeaders headers = new RtspHeaders();
    StringBuilder field = new StringBuilder();
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i].replace('\r', ' ');
      boolean continues = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
      if (!continues) {
        addField(field, headers);
        field.setLength(0);
      }
      field.append(line);
    }
    addField(field, headers);
    return headers;
  }

  private static void addField(StringBuilder field, RtspHeaders headers) {
    int colon = field.indexOf(":");
    if (colon > 0) {
      headers.add(field.substring(0, colon).strip(), field.substring(colon + 1).strip());
    }
  }

  private int contentLength(RtspHeaders headers) {
    String text = headers.get("Content-Length");
    if (text == null || text.isEmpty()) {
      return 0;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > limits.body()) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "an RTSP body that is not within " + limits.body() + " bytes");
    }
    return Integer.parseInt(text);
  }

  /** The message just completed; the next one begins. */
  RtspMessage complete() {
    RtspMessage message = parsedHead;
    if (message == null) {
      throw new IllegalStateException("no complete message");
    }
    reset();
    return message;
  }

  /** The bytes taken so far; a new message begins. */
  byte[] abandon() {
    byte[] taken = Arrays.copyOf(head, headSize);
    reset();
    return taken;
  }

  private void reset() {
    headSize = 0;
    lineStart = 0;
    firstLineDone = false;
    parsedHead = null;
    body = NO_BODY;
    bodySize = 0;
  }
}
