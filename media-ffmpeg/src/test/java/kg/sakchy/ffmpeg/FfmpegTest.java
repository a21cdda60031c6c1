package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kg.sakchy.core.error.ErrorKind;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class FfmpegTest {
  @Test
  void theBuildIsUnderTheLgpl() {
    Ffmpeg.init();
    assertThat(Ffmpeg.licence()).startsWith("LGPL");
    assertThat(Ffmpeg.version()).isNotBlank();
  }

  @Test
  void theProgramIsOfTheSameBuild() throws Exception {
    String said = new String(Tools.run(FfmpegProgram.path(), "-version"), StandardCharsets.UTF_8);
    assertThat(said).contains(Ffmpeg.version()).doesNotContain("--enable-gpl");
  }

  @Test
  void logLinesHoldNoCredentials() {
    assertThat(FfmpegLog.redact("rtsp://admin:p@ss:w0rd@10.0.0.1/live: 401"))
        .isEqualTo("rtsp://***@10.0.0.1/live: 401");
    assertThat(FfmpegLog.redact("[h264 @ 0x55] no frame!")).isEqualTo("[h264 @ 0x55] no frame!");
  }

  @Test
  void whatFfmpegCallsAnErrorIsADetail() {
    assertThat(FfmpegLog.levelOf(avutil.AV_LOG_FATAL)).isEqualTo(Level.WARN);
    assertThat(FfmpegLog.levelOf(avutil.AV_LOG_ERROR)).isEqualTo(Level.DEBUG);
    assertThat(FfmpegLog.levelOf(avutil.AV_LOG_VERBOSE)).isEqualTo(Level.TRACE);
  }

  @Test
  void resultsHaveKinds() {
    assertThat(FfmpegErrors.kind(avutil.AVERROR_INVALIDDATA())).isEqualTo(ErrorKind.DATA_LOSS);
    assertThat(FfmpegErrors.kind(avutil.AVERROR_EXIT())).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(FfmpegErrors.kind(avutil.AVERROR_HTTP_UNAUTHORIZED()))
        .isEqualTo(ErrorKind.UNAUTHENTICATED);
    assertThat(FfmpegErrors.kind(-111)).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(FfmpegErrors.kind(-110)).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(FfmpegErrors.kind(-99_999)).isEqualTo(ErrorKind.INTERNAL);
  }
}
