package kg.sakchy.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * The usual way to record cameras, as the thing to compare with: one {@code ffmpeg -c copy} process
 * per camera, writing fragmented MP4 segments of a minute.
 */
final class FfmpegBaseline implements AutoCloseable {
  private final List<Process> processes = new ArrayList<>();

  private FfmpegBaseline() {}

  static FfmpegBaseline start(Path program, List<String> sources, Path dir) {
    FfmpegBaseline baseline = new FfmpegBaseline();
    try {
      Files.createDirectories(dir);
      for (int i = 0; i < sources.size(); i++) {
        baseline.processes.add(
            start(program, sources.get(i), dir.resolve("camera" + i + "-%05d.mp4")));
      }
      return baseline;
    } catch (IOException e) {
      baseline.close();
      throw new VmsException(ErrorKind.UNAVAILABLE, "ffmpeg could not be started", e);
    }
  }

  private static Process start(Path program, String source, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "-nostdin",
            "-loglevel",
            "error",
            "-rtsp_transport",
            "tcp",
            "-i",
            source,
            "-c",
            "copy",
            "-f",
            "segment",
            "-segment_time",
            "60",
            "-segment_format_options",
            "movflags=frag_keyframe+empty_moov+default_base_moof",
            "-reset_timestamps",
            "1",
            output.toString());
    String libraries = program.getParent() == null ? "" : program.getParent().toString();
    builder.environment().merge("LD_LIBRARY_PATH", libraries, (old, own) -> own + ":" + old);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  ProcessUsage usage() {
    return ProcessUsage.sum(processes.stream().map(Process::toHandle).toList());
  }

  int running() {
    return (int) processes.stream().filter(Process::isAlive).count();
  }

  /** Ends the processes, waiting a little for each. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(Duration.ofSeconds(5))) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
