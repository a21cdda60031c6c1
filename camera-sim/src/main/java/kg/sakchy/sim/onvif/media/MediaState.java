package kg.sakchy.sim.onvif.media;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.sim.onvif.OnvifProfile;
import kg.sakchy.sim.onvif.SimStream;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.SoapFault;
import org.jspecify.annotations.Nullable;

/** Media profiles and encoders of a device. Threads: confined to the loop. */
public final class MediaState {
  static final String VIDEO_SOURCE_CONFIG = "VideoSourceConfig_1";
  static final String AUDIO_SOURCE_CONFIG = "AudioSourceConfig_1";
  static final String AUDIO_ENCODER_CONFIG = "AudioEncoderConfig_1";
  static final String METADATA_CONFIG = "MetadataConfig_1";
  static final String PTZ_CONFIG = "PTZConfig_1";
  private static final int MAX_PROFILES = 10;

  private final DeviceState device;
  private final List<Encoder> encoders = new ArrayList<>();
  private final Map<String, Profile> profiles = new LinkedHashMap<>();
  private int nextProfile = 1;

  /** What a media profile may hold, besides the encoder of its pictures. */
  enum Part {
    VIDEO_SOURCE("VideoSource"),
    AUDIO_SOURCE("AudioSource"),
    AUDIO_ENCODER("AudioEncoder"),
    PTZ("PTZ"),
    METADATA("Metadata");

    private final String word;

    Part(String word) {
      this.word = word;
    }

    /** As Media2 spells it. */
    String word() {
      return word;
    }
  }

  /**
   * A media profile.
   *
   * @param fixed whether it cannot be deleted
   * @param encoder null until one is added
   */
  record Profile(
      String token, String name, boolean fixed, @Nullable Encoder encoder, Set<Part> parts) {}

  /** Each stream is a profile at first. */
  public MediaState(DeviceState device) {
    this.device = device;
    for (SimStream stream : device.profile().streams()) {
      Encoder encoder = new Encoder(stream);
      encoders.add(encoder);
      EnumSet<Part> parts = EnumSet.of(Part.VIDEO_SOURCE);
      if (stream.audio() != null) {
        parts.add(Part.AUDIO_SOURCE);
        parts.add(Part.AUDIO_ENCODER);
      }
      if (device.profile().ptz() != null) {
        parts.add(Part.PTZ);
      }
      if (device.profile().has(OnvifProfile.M)) {
        parts.add(Part.METADATA);
      }
      profiles.put(
          stream.token(), new Profile(stream.token(), stream.token(), true, encoder, parts));
    }
  }

  DeviceState device() {
    return device;
  }

  List<Encoder> encoders() {
    return encoders;
  }

  List<Profile> profiles() {
    return List.copyOf(profiles.values());
  }

  public boolean hasProfile(String token) {
    return profiles.containsKey(token);
  }

  /**
   * A profile.
   *
   * @throws SoapFault NoProfile
   */
  Profile profile(String token) {
    Profile profile = profiles.get(token);
    if (profile == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoProfile", "no such profile");
    }
    return profile;
  }

  /**
   * An encoder by its token.
   *
   * @throws SoapFault NoConfig
   */
  Encoder encoder(String token) {
    for (Encoder encoder : encoders) {
      if (encoder.token().equals(token)) {
        return encoder;
      }
    }
    throw SoapFault.sender("ter:InvalidArgVal", "ter:NoConfig", "no such configuration");
  }

  /**
   * A new profile with nothing in it.
   *
   * @param wanted token, or null for any
   * @throws SoapFault if the token is taken or there are too many
   */
  Profile create(String name, @Nullable String wanted) {
    if (wanted != null && profiles.containsKey(wanted)) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:ProfileExists", "a token taken");
    }
    if (profiles.size() >= MAX_PROFILES) {
      throw SoapFault.receiver("ter:Action", "ter:MaxNVTProfiles", "too many profiles");
    }
    String token = wanted == null ? "Profile_" + nextProfile++ : wanted;
    Profile profile = new Profile(token, name, false, null, EnumSet.noneOf(Part.class));
    profiles.put(token, profile);
    return profile;
  }

  /**
   * Deletes a profile that was created.
   *
   * @throws SoapFault if it is fixed
   */
  void delete(String token) {
    if (profile(token).fixed()) {
      throw SoapFault.sender("ter:Action", "ter:DeletionOfFixedProfile", "a fixed profile");
    }
    profiles.remove(token);
  }

  /** Puts an encoder into a profile, or takes it out. */
  void setEncoder(String token, @Nullable Encoder encoder) {
    Profile old = profile(token);
    profiles.put(token, new Profile(token, old.name(), old.fixed(), encoder, old.parts()));
  }

  /** Puts a part into a profile. */
  void add(String token, Part part) {
    profile(token).parts().add(part);
  }

  /** Takes a part out of a profile. */
  void remove(String token, Part part) {
    profile(token).parts().remove(part);
  }

  /** Sound of the device, or null. */
  @Nullable Codec audio() {
    for (Encoder encoder : encoders) {
      if (encoder.stream().audio() != null) {
        return encoder.stream().audio();
      }
    }
    return null;
  }

  /** The widest stream: what the sensor sees. */
  int sourceWidth() {
    return encoders.stream().mapToInt(encoder -> encoder.stream().width()).max().orElse(1_920);
  }

  int sourceHeight() {
    return encoders.stream().mapToInt(encoder -> encoder.stream().height()).max().orElse(1_080);
  }
}
