package kg.sakchy.core.config;

/**
 * Live pictures for viewers.
 *
 * @param transcoders most streams coded anew at a time, for viewers who cannot play what the camera
 *     sends; each takes a good part of a core. 0: none
 */
public record LiveConfig(int transcoders) {
  public static final LiveConfig DEFAULTS = new LiveConfig(2);

  public LiveConfig {
    ConfigChecks.between("live.transcoders", transcoders, 0, 256);
  }
}
