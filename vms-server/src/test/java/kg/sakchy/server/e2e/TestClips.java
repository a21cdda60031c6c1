package kg.sakchy.server.e2e;

import java.io.IOException;
import java.nio.file.Path;
import kg.sakchy.core.ExternalTool;

/** Clips made by somebody else's encoder, in which no two frames look alike. */
final class TestClips {
  private TestClips() {}

  /**
   * 320x240 at 25 frames a second, a key frame each second, with B-frames: {@code seconds} of it.
   */
  static Path h264(Path dir, int seconds) throws IOException, InterruptedException {
    Path clip = dir.resolve("h264-" + seconds + ".mp4");
    ExternalTool.require("ffmpeg")
        .run(
            "-nostdin",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x240:rate=25",
            "-t",
            Integer.toString(seconds),
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-b:v",
            "400k",
            "-g",
            "25",
            "-bf",
            "2",
            "-pix_fmt",
            "yuv420p",
            "-video_track_timescale",
            "90000",
            clip.toString());
    return clip;
  }

  /** The same scene in H.265. */
  static Path h265(Path dir, int seconds) throws IOException, InterruptedException {
    Path clip = dir.resolve("h265-" + seconds + ".mp4");
    ExternalTool.require("ffmpeg")
        .run(
            "-nostdin",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x240:rate=25",
            "-t",
            Integer.toString(seconds),
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-x265-params",
            "log-level=none:keyint=25:min-keyint=25:bframes=0",
            "-pix_fmt",
            "yuv420p",
            "-tag:v",
            "hvc1",
            "-video_track_timescale",
            "90000",
            clip.toString());
    return clip;
  }
}
