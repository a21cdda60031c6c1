package kg.sakchy.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.media.rtsp.RequestTarget;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SdpAttribute;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/** The answer to DESCRIBE, faults and all. Threads: confined to the loop. */
final class CameraDescription {
  private CameraDescription() {}

  static String of(SimCamera camera) {
    List<MediaDescription> media = new ArrayList<>();
    for (int track : tracks(camera)) {
      MediaDescription plain =
          camera.feed().packetizer(track).describe(RequestTarget.TRACK + track);
      media.add(isVideo(camera, track) ? video(plain, camera.faults()) : plain);
    }
    return new SessionDescription(
            "- 1 1 IN IP4 127.0.0.1",
            "Sakchy simulated camera",
            "IN IP4 0.0.0.0",
            List.of(new SdpAttribute("control", "*"), new SdpAttribute("range", "npt=now-")),
            media)
        .format();
  }

  /** Indexes of the tracks that are shown. */
  static List<Integer> tracks(SimCamera camera) {
    List<Integer> tracks = new ArrayList<>();
    for (int i = 0; i < camera.feed().formats().size(); i++) {
      if (!isVideo(camera, i) || !camera.faults().isWithoutVideo()) {
        tracks.add(i);
      }
    }
    return tracks;
  }

  private static boolean isVideo(SimCamera camera, int track) {
    return camera.feed().formats().get(track).codec().kind() == Codec.Kind.VIDEO;
  }

  private static MediaDescription video(MediaDescription plain, SimFaults faults) {
    List<SdpAttribute> attributes = new ArrayList<>();
    for (SdpAttribute attribute : plain.attributes()) {
      attributes.add(
          switch (attribute.name()) {
            case "rtpmap" -> rtpmap(attribute, faults.videoEncoding());
            case "fmtp" -> faults.isWithoutParameterSets() ? withoutSets(attribute) : attribute;
            default -> attribute;
          });
    }
    if (faults.declaredFrameRate() > 0) {
      attributes.add(
          new SdpAttribute(
              "framerate", String.format(Locale.ROOT, "%.6f", faults.declaredFrameRate())));
    }
    return new MediaDescription(
        plain.type(),
        plain.port(),
        plain.protocol(),
        plain.payloadTypes(),
        plain.connection(),
        attributes);
  }

  private static SdpAttribute rtpmap(SdpAttribute rtpmap, @Nullable String encoding) {
    String value = rtpmap.value();
    return encoding == null
        ? rtpmap
        : new SdpAttribute(
            rtpmap.name(),
            value.substring(0, value.indexOf(' ') + 1)
                + encoding
                + value.substring(value.indexOf('/')));
  }

  private static SdpAttribute withoutSets(SdpAttribute fmtp) {
    int space = fmtp.value().indexOf(' ');
    String rest =
        Stream.of(fmtp.value().substring(space + 1).split(";", -1))
            .map(String::strip)
            .filter(parameter -> !parameter.startsWith("sprop-"))
            .collect(Collectors.joining(";"));
    return new SdpAttribute(fmtp.name(), fmtp.value().substring(0, space + 1) + rest);
  }
}
