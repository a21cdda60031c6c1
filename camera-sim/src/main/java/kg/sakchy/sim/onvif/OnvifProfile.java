package kg.sakchy.sim.onvif;

/** Profiles a device may claim; what it can do follows from them. */
public enum OnvifProfile {
  /** Streaming with Media1. */
  S("Streaming"),
  /** Streaming with Media2, H.265, imaging. */
  T("Profile/T"),
  /** Recording on the device, search and replay. */
  G("Profile/G"),
  /** Metadata of analytics. */
  M("Profile/M");

  private final String scope;

  OnvifProfile(String scope) {
    this.scope = scope;
  }

  /** The discovery scope behind {@code onvif://www.onvif.org/}. */
  public String scope() {
    return scope;
  }
}
