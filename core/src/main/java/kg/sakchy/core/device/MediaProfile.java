package kg.sakchy.core.device;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One media profile of a camera: a stream it offers.
 *
 * @param token the camera's opaque name for it
 * @param name for people
 * @param codec of the video as the camera names it, upper case: {@code H264}, {@code H265}, {@code
 *     JPEG}, {@code H264+} for a smart variant where it says so
 * @param width luma samples; 0 when unknown
 * @param height luma samples; 0 when unknown
 * @param fps frames per second it is limited to; 0 when unknown
 * @param kbps bit rate limit in 1000 bits per second; 0 when unknown
 * @param gopFrames frames from key frame to key frame; 0 when unknown
 * @param audio codec of the sound, or null without
 * @param ptz whether PTZ works on this profile
 * @param metadata whether it carries analytics metadata
 * @param stream RTSP address, or null when the camera gave none
 * @param snapshot HTTP address of a still, or null
 */
public record MediaProfile(
    String token,
    String name,
    String codec,
    int width,
    int height,
    double fps,
    int kbps,
    int gopFrames,
    @Nullable String audio,
    boolean ptz,
    boolean metadata,
    @Nullable URI stream,
    @Nullable URI snapshot) {
  /** Seconds from key frame to key frame; 0 when unknown. */
  public double gopSeconds() {
    return fps > 0 ? gopFrames / fps : 0;
  }
}
