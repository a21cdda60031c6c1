package kg.sakchy.sim.onvif;

import java.net.URI;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.sim.SimCamera;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a device: a media profile with its encoder.
 *
 * @param token of the media profile: {@code main}, {@code sub}
 * @param codec of the pictures
 * @param width in pixels
 * @param height in pixels
 * @param frameRate pictures a second
 * @param bitrateKbps limit
 * @param govLength pictures from one key frame to the next
 * @param audio codec of the sound, or null
 * @param uri RTSP address without user and password
 * @param camera the RTSP side if it is simulated too; gives network cuts and edge recording
 */
public record SimStream(
    String token,
    Codec codec,
    int width,
    int height,
    double frameRate,
    int bitrateKbps,
    int govLength,
    @Nullable Codec audio,
    URI uri,
    @Nullable SimCamera camera) {

  /** A stream that a simulated camera sends; 25 pictures a second, a key frame every 50. */
  public static SimStream of(String token, SimCamera camera) {
    TrackFormat.Video video = null;
    Codec audio = null;
    for (TrackFormat format : camera.formats()) {
      switch (format) {
        case TrackFormat.Video found -> video = found;
        case TrackFormat.Audio found -> audio = found.codec();
        case TrackFormat.Metadata found -> {
          // Profiles of metadata are made by the device's profile.
        }
      }
    }
    if (video == null) {
      throw new IllegalArgumentException("no video at " + camera.path());
    }
    return new SimStream(
        token,
        video.codec(),
        video.width(),
        video.height(),
        25,
        2_048,
        50,
        audio,
        camera.uri(),
        camera);
  }

  /** H.264 in 1080p at some address, for tests that never fetch pictures. */
  public static SimStream of(String token, URI uri) {
    return new SimStream(token, Codec.H264, 1_920, 1_080, 25, 2_048, 50, null, uri, null);
  }

  public SimStream withPicture(Codec newCodec, int newWidth, int newHeight) {
    return new SimStream(
        token,
        newCodec,
        newWidth,
        newHeight,
        frameRate,
        bitrateKbps,
        govLength,
        audio,
        uri,
        camera);
  }

  public SimStream withRate(double newFrameRate, int newBitrateKbps, int newGovLength) {
    return new SimStream(
        token,
        codec,
        width,
        height,
        newFrameRate,
        newBitrateKbps,
        newGovLength,
        audio,
        uri,
        camera);
  }
}
