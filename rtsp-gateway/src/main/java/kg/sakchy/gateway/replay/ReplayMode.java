package kg.sakchy.gateway.replay;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.gateway.client.PlayMode;
import kg.sakchy.gateway.track.PacketTap;
import kg.sakchy.gateway.track.TrackSource;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.RtspHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a recording as fast as it can be taken (ONVIF Streaming, replay: RTSP feature tag,
 * range, rate control, immediate), and keeps what its packets say of time.
 *
 * <p>Threads: confined to the replay's event loop.
 */
final class ReplayMode implements PlayMode {
  private final Instant from;
  private final Instant until;
  private final Map<Codec.Kind, ReplayTimes> times = new EnumMap<>(Codec.Kind.class);

  /**
   * @param from by the camera's clock
   * @param until by the camera's clock
   */
  ReplayMode(Instant from, Instant until) {
    this.from = from;
    this.until = until;
  }

  @Override
  public boolean wants(Codec.Kind kind) {
    return kind == Codec.Kind.AUDIO;
  }

  @Override
  public RtspHeaders setupFields() {
    return new RtspHeaders().add("Require", "onvif-replay");
  }

  @Override
  public RtspHeaders playFields() {
    return new RtspHeaders()
        .add("Require", "onvif-replay")
        .add("Range", new ClockRange(from, until).format())
        .add("Rate-Control", "no")
        .add("Immediate", "yes");
  }

  @Override
  public PacketTap tap(TrackSource track) {
    ReplayTimes known = new ReplayTimes(track.clockRate());
    times.put(track.codec().kind(), known);
    return known;
  }

  /** The times of the track of a kind, or null if it was not set up. */
  @Nullable ReplayTimes times(Codec.Kind kind) {
    return times.get(kind);
  }
}
