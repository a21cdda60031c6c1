package kg.sakchy.gateway.webrtc.sdp;

import java.util.Optional;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;

/** Finds the payload type under which a peer takes a camera's sound as it is. */
final class OfferedAudio {
  private static final int TELEPHONE_RATE = 8_000;

  private OfferedAudio() {}

  static Optional<ChosenTrack> choose(MediaDescription section, TrackFormat.Audio sound) {
    return switch (sound.codec()) {
      case OPUS -> find(section, "opus", sound.clockRate());
      case G711_ALAW -> isTelephone(sound) ? find(section, "PCMA", TELEPHONE_RATE) : none();
      case G711_ULAW -> isTelephone(sound) ? find(section, "PCMU", TELEPHONE_RATE) : none();
      case AAC, H264, H265, MJPEG, ONVIF_METADATA -> none();
    };
  }

  private static boolean isTelephone(TrackFormat.Audio sound) {
    return sound.clockRate() == TELEPHONE_RATE && sound.channels() == 1;
  }

  private static Optional<ChosenTrack> none() {
    return Optional.empty();
  }

  private static Optional<ChosenTrack> find(MediaDescription section, String encoding, int rate) {
    for (int payloadType : section.payloadTypes()) {
      Optional<RtpMap> map =
          section
              .rtpmap(payloadType)
              .filter(m -> m.encoding().equalsIgnoreCase(encoding) && m.clockRate() == rate);
      if (map.isPresent()) {
        return Optional.of(new ChosenTrack(section, map.get(), ""));
      }
    }
    return Optional.empty();
  }
}
