package kg.sakchy.media.mp4;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that {@code make.sh} beside them made with ffmpeg. */
enum GoldenFile {
  RUN_H264_AAC,
  RUN_H264_BFRAMES_AAC,
  RUN_H265,
  OTHER_ABSOLUTE_OFFSETS,
  OTHER_EVERY_FRAME,
  CLIP_H264_BFRAMES_AAC,
  CLIP_H265,
  CLIP_MJPEG;

  Path path() {
    String name = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".mp4";
    try {
      return Path.of(GoldenFile.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InitSegment init() {
    return InitSegment.parse(ByteBuffer.wrap(bytes()));
  }
}
