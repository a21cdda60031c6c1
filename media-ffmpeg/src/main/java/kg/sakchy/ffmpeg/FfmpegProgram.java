package kg.sakchy.ffmpeg;

import java.nio.file.Path;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bytedeco.javacpp.Loader;

/** The {@code ffmpeg} program that comes with the libraries, for comparing measurements. */
public final class FfmpegProgram {
  private FfmpegProgram() {}

  /**
   * The executable, unpacked to JavaCPP's cache when first asked for. Its libraries lie beside it
   * and are found by themselves.
   *
   * @throws VmsException UNSUPPORTED when the build for this platform has none
   */
  public static Path path() {
    Ffmpeg.init();
    try {
      return Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    } catch (LinkageError e) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED, "no ffmpeg program for this platform: " + e.getMessage(), e);
    }
  }
}
