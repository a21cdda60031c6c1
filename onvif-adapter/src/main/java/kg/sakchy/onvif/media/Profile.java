package kg.sakchy.onvif.media;

import kg.sakchy.onvif.soap.XmlCursor;
import org.jspecify.annotations.Nullable;

/**
 * A media profile of a camera, of Media1 or Media2.
 *
 * @param token the camera's opaque name for it
 * @param name for people
 * @param videoSource token of the lens, or empty
 * @param encoder of the video, or null for a profile without
 * @param audio codec of the sound as the camera writes it, or null without
 * @param ptz token of the PTZ configuration, or null
 * @param metadata whether it carries metadata
 * @param backchannel whether it takes sound
 */
public record Profile(
    String token,
    String name,
    String videoSource,
    @Nullable VideoEncoder encoder,
    @Nullable String audio,
    @Nullable String ptz,
    boolean metadata,
    boolean backchannel) {
  /**
   * Reads a Profiles element of either shape: some cameras answer a Media2 question in the words of
   * Media1.
   */
  static Profile read(XmlCursor profile) {
    return new Reader().read(profile);
  }

  /** Collects the parts in whatever order they come. Threads: confined to one, used once. */
  private static final class Reader {
    private String name = "";
    private String videoSource = "";
    private @Nullable VideoEncoder encoder;
    private @Nullable String audio;
    private @Nullable String ptz;
    private boolean metadata;
    private boolean backchannel;

    Profile read(XmlCursor profile) {
      String token = profile.attribute("token");
      parts(profile);
      return new Profile(
          token == null ? "" : token,
          name,
          videoSource,
          encoder,
          audio,
          ptz,
          metadata,
          backchannel);
    }

    private void parts(XmlCursor parent) {
      for (XmlCursor part : parent.children()) {
        switch (part.name()) {
          case "Name" -> name = part.text();
          case "Configurations", "Extension" -> parts(part);
          case "VideoSource", "VideoSourceConfiguration" ->
              videoSource = part.enter("SourceToken") ? part.text() : "";
          case "VideoEncoder", "VideoEncoderConfiguration" -> encoder = VideoEncoder.read(part);
          case "AudioEncoder", "AudioEncoderConfiguration" ->
              audio = part.enter("Encoding") ? part.optionalText().orElse(null) : null;
          case "PTZ", "PTZConfiguration" -> ptz = part.attribute("token");
          case "Metadata", "MetadataConfiguration" -> metadata = true;
          case "AudioOutput", "AudioOutputConfiguration" -> backchannel = true;
          default -> {
            // analytics, receivers, and what makers add
          }
        }
      }
    }
  }
}
