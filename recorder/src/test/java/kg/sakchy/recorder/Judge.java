package kg.sakchy.recorder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;

/** Debian's ffmpeg and ffprobe, who owe us nothing, look at a segment. */
final class Judge {
  private final ExternalTool ffmpeg = ExternalTool.require("ffmpeg");
  private final ExternalTool ffprobe = ExternalTool.require("ffprobe");
  private final Path directory;

  Judge(Path directory) {
    this.directory = directory;
  }

  /** A video packet as ffprobe sees it. */
  record Packet(long pts, long dts, boolean keyFrame) {}

  /** Decodes all of it and fails at the first error; returns its video packets. */
  List<Packet> play(Archive archive, Segment segment) throws IOException, InterruptedException {
    Path file = directory.resolve(segment.key().value().replace('/', '_'));
    try (InputStream in = archive.open(segment, 0, segment.sizeBytes())) {
      Files.write(file, in.readAllBytes());
    }
    ffmpeg.run("-v", "error", "-xerror", "-i", file.toString(), "-f", "null", "-");
    String text =
        ffprobe.run(
            "-v",
            "error",
            "-select_streams",
            "v",
            "-show_entries",
            "packet=pts,dts,flags",
            "-of",
            "csv=p=0",
            file.toString());
    List<Packet> packets = new ArrayList<>();
    for (String line : text.strip().split("\n", -1)) {
      String[] field = line.split(",", -1);
      packets.add(
          new Packet(Long.parseLong(field[0]), Long.parseLong(field[1]), field[2].startsWith("K")));
    }
    return packets;
  }
}
