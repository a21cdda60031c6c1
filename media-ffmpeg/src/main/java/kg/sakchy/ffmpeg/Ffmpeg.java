package kg.sakchy.ffmpeg;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/**
 * The FFmpeg libraries of this process: loaded once, checked for their licence, their log bridged
 * to SLF4J (logger {@code kg.sakchy.ffmpeg.log}).
 *
 * <p>Threads: safe for use by many threads.
 */
public final class Ffmpeg {
  private Ffmpeg() {}

  /**
   * Loads the libraries; every type of this package calls it, so calling it at start only moves the
   * work (about a second when natives must be unpacked) to a good moment.
   *
   * @throws VmsException FAILED_PRECONDITION when the libraries cannot be loaded on this platform,
   *     or are a build under the GPL, which this product must not ship
   */
  public static void init() {
    Loaded loaded = Loaded.INSTANCE;
    if (loaded.failure != null) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "FFmpeg's libraries cannot be loaded: " + loaded.failure.getMessage(),
          loaded.failure);
    }
    if (!loaded.licence.startsWith("LGPL")) {
      throw new VmsException(
          ErrorKind.FAILED_PRECONDITION,
          "the FFmpeg build on the class path is under " + loaded.licence + ", not the LGPL");
    }
  }

  /** The licence the loaded build states, for example {@code LGPL version 3 or later}. */
  public static String licence() {
    init();
    return Loaded.INSTANCE.licence;
  }

  /** FFmpeg's version, for example {@code 8.0.1}. */
  public static String version() {
    init();
    return avutil.av_version_info().getString();
  }

  /** Loads when first touched; the JVM makes that happen once. */
  private static final class Loaded {
    static final Loaded INSTANCE = new Loaded();

    final String licence;
    final @org.jspecify.annotations.Nullable Throwable failure;

    private Loaded() {
      String found = "";
      Throwable problem = null;
      try {
        // Every native has an owner that frees it: JavaCPP need not watch the process's memory and
        // call System.gc() when it grows, and needs no thread of its own.
        setDefault("org.bytedeco.javacpp.maxBytes", "0");
        setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        setDefault("org.bytedeco.javacpp.noPointerGC", "true");
        Loader.load(avutil.class);
        Loader.load(avcodec.class);
        Loader.load(avformat.class);
        Loader.load(swscale.class);
        FfmpegLog.install();
        found = avutil.avutil_license().getString();
      } catch (LinkageError | RuntimeException e) {
        problem = e;
      }
      licence = found;
      failure = problem;
    }

    private static void setDefault(String name, String value) {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    }
  }
}
