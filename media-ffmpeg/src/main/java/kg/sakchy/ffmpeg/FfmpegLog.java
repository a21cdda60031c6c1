package kg.sakchy.ffmpeg;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Carries FFmpeg's log lines to SLF4J, without user information of addresses and at most {@value
 * #LINES_PER_SECOND} lines a second: hostile media makes a decoder complain for every macroblock.
 *
 * <p>FFmpeg calls what it cannot decode an error; here that is a detail of a fault which our own
 * code reports, so errors are logged as debug. Only what FFmpeg calls fatal is a warning.
 *
 * <p>Threads: called from any thread, also FFmpeg's own.
 */
final class FfmpegLog extends LogCallback {
  static final int LINES_PER_SECOND = 20;

  private static final Logger LOG = LoggerFactory.getLogger("kg.sakchy.ffmpeg.log");
  private static final Pattern USER_INFORMATION = Pattern.compile("://[^\\s/]*@");

  /** FFmpeg keeps only the native side; this keeps the Java side alive. */
  private static final FfmpegLog INSTANCE = new FfmpegLog();

  private long second;
  private int lines;

  private FfmpegLog() {}

  /** What is not logged is not even formatted by FFmpeg. */
  static void install() {
    avutil.av_log_set_level(
        LOG.isTraceEnabled()
            ? avutil.AV_LOG_VERBOSE
            : LOG.isDebugEnabled() ? avutil.AV_LOG_WARNING : avutil.AV_LOG_FATAL);
    avutil.setLogCallback(INSTANCE);
  }

  @Override
  public void call(int level, BytePointer message) {
    if (level <= avutil.av_log_get_level() && underTheLimit()) {
      String line = message.getString().strip();
      if (!line.isEmpty()) {
        LOG.atLevel(levelOf(level)).log(redact(line));
      }
    }
  }

  static Level levelOf(int level) {
    if (level <= avutil.AV_LOG_FATAL) {
      return Level.WARN;
    }
    return level <= avutil.AV_LOG_WARNING ? Level.DEBUG : Level.TRACE;
  }

  static String redact(String line) {
    return USER_INFORMATION.matcher(line).replaceAll("://***@");
  }

  private synchronized boolean underTheLimit() {
    long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (now != second) {
      if (lines > LINES_PER_SECOND) {
        LOG.debug("{} more lines of FFmpeg left out", lines - LINES_PER_SECOND);
      }
      second = now;
      lines = 0;
    }
    return ++lines <= LINES_PER_SECOND;
  }
}
