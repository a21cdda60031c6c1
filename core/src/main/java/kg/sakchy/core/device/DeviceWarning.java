package kg.sakchy.core.device;

import java.util.List;

/**
 * Something about a camera that whoever registers it should know.
 *
 * @param kind what
 * @param values what the sentence needs: a profile's token, seconds, a model
 */
public record DeviceWarning(Kind kind, List<String> values) {
  public DeviceWarning {
    values = List.copyOf(values);
  }

  /** What can be remarked. The sentences, in three languages, belong to whoever shows them. */
  public enum Kind {
    /** {profile, seconds}: key frames over 4 s apart make seeking and live start slow. */
    LONG_GOP,
    /** {profile, codec}: a smart codec stretches the GOP at will. */
    SMART_CODEC,
    /** {seconds}: the camera's clock is wrong by so many; positive when it is ahead. */
    CLOCK_WRONG,
    /** {}: the camera says it keeps its clock by hand and not by NTP. */
    NO_NTP,
    /** {}: the password is one that the maker delivers. */
    DEFAULT_PASSWORD,
    /** {}: Profile S only; no H.265, no Media2. */
    PROFILE_S_ONLY,
    /** {}: login and pictures travel unencrypted. */
    NO_TLS,
    /** {}: no small stream; walls will load the main one. */
    NO_SUB_STREAM,
    /** {profile, codec}: video of this codec is not recorded. */
    UNSUPPORTED_CODEC,
    /** {service}: the camera lists a service that does not work. */
    BROKEN_SERVICE
  }
}
