package kg.sakchy.sim;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kg.sakchy.core.stream.Codec;
import org.jspecify.annotations.Nullable;

/**
 * The lasting faults of a camera; all off at first, each may be turned at any time. What happens at
 * once (a restart, a dead socket, a jump of time) is asked of {@link SimCamera} instead.
 *
 * <p>{@code every} counts packets of the camera: 0 never, 1 each, 10 each tenth, so that a test
 * knows what to expect. Threads: any.
 */
public final class SimFaults {
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Set<Codec.Kind> muted = ConcurrentHashMap.newKeySet();
  private volatile boolean withoutVideo;
  private volatile boolean withoutParameterSets;
  private volatile @Nullable String videoEncoding;
  private volatile double declaredFrameRate;
  private volatile boolean audioNeedsVideo;
  private volatile boolean stalled;
  private volatile int lossEvery;
  private volatile int duplicateEvery;
  private volatile int reorderEvery;
  private volatile int garbageEvery;
  private volatile int oversizeEvery;
  private volatile boolean senderReports = true;
  private volatile Duration clockOffset = Duration.ZERO;

  /** DESCRIBE shows no video track. */
  public SimFaults withoutVideo(boolean on) {
    withoutVideo = on;
    return this;
  }

  /** DESCRIBE shows no parameter sets ({@code sprop-...}). */
  public SimFaults withoutParameterSets(boolean on) {
    withoutParameterSets = on;
    return this;
  }

  /** DESCRIBE calls the video by this encoding name, for example {@code VP8}; null ends it. */
  public SimFaults videoEncoding(@Nullable String name) {
    videoEncoding = name;
    return this;
  }

  /** DESCRIBE says {@code a=framerate}, whatever is sent; 0 says nothing. */
  public SimFaults declaredFrameRate(double framesPerSecond) {
    declaredFrameRate = framesPerSecond;
    return this;
  }

  /** Requests with this method get no answer: {@code OPTIONS} for a camera that stays silent. */
  public SimFaults unanswered(String method) {
    unanswered.add(method);
    return this;
  }

  /** All requests are answered again. */
  public SimFaults answerAll() {
    unanswered.clear();
    return this;
  }

  /** SETUP of sound is refused (455) until video is set up. */
  public SimFaults audioNeedsVideo(boolean on) {
    audioNeedsVideo = on;
    return this;
  }

  /** Tracks of this kind are described and set up, but never sent. */
  public SimFaults muted(Codec.Kind kind, boolean on) {
    if (on) {
      muted.add(kind);
    } else {
      muted.remove(kind);
    }
    return this;
  }

  /** No media; requests are answered still. Set before PLAY or in mid-stream. */
  public SimFaults stalled(boolean on) {
    stalled = on;
    return this;
  }

  /** Packets that are numbered and not sent. */
  public SimFaults lossEvery(int every) {
    lossEvery = every;
    return this;
  }

  /** Packets that are sent twice. */
  public SimFaults duplicateEvery(int every) {
    duplicateEvery = every;
    return this;
  }

  /** Packets that are sent behind their successor. */
  public SimFaults reorderEvery(int every) {
    reorderEvery = every;
    return this;
  }

  /** Interleaved frames that are followed by 7 bytes of garbage. */
  public SimFaults garbageEvery(int every) {
    garbageEvery = every;
    return this;
  }

  /** Interleaved frames that claim 2,000 bytes more than they have. */
  public SimFaults oversizeEvery(int every) {
    oversizeEvery = every;
    return this;
  }

  /** Whether RTCP sender reports are sent; on at first. */
  public SimFaults senderReports(boolean on) {
    senderReports = on;
    return this;
  }

  /** How far the camera's clock is from the truth; positive is in the future. */
  public SimFaults clockOffset(Duration offset) {
    clockOffset = offset;
    return this;
  }

  boolean isWithoutVideo() {
    return withoutVideo;
  }

  boolean isWithoutParameterSets() {
    return withoutParameterSets;
  }

  @Nullable String videoEncoding() {
    return videoEncoding;
  }

  double declaredFrameRate() {
    return declaredFrameRate;
  }

  boolean isUnanswered(String method) {
    return unanswered.contains(method);
  }

  boolean isAudioNeedsVideo() {
    return audioNeedsVideo;
  }

  boolean isMuted(Codec.Kind kind) {
    return muted.contains(kind);
  }

  boolean isStalled() {
    return stalled;
  }

  int lossEvery() {
    return lossEvery;
  }

  int duplicateEvery() {
    return duplicateEvery;
  }

  int reorderEvery() {
    return reorderEvery;
  }

  int garbageEvery() {
    return garbageEvery;
  }

  int oversizeEvery() {
    return oversizeEvery;
  }

  boolean isSenderReports() {
    return senderReports;
  }

  Duration clockOffset() {
    return clockOffset;
  }
}
