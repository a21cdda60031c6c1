package kg.sakchy.gateway.webrtc.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.webrtc.dtls.DtlsKeys;
import kg.sakchy.gateway.webrtc.srtp.SrtcpSender;
import kg.sakchy.gateway.webrtc.srtp.SrtpMaster;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtcp.RtcpWriter;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a camera sends into the packets of a session.
 *
 * <p>Threads: confined to the session's loop.
 */
final class SessionMedia {
  private static final int TICKS_BITS = 31;

  private final SessionPlan plan;
  private final VmsClock clock;
  private final long beganNanos;
  private final Consumer<byte[]> out;
  private final SentTrack video;
  private final @Nullable SentTrack audio;
  private final SrtcpSender rtcp;
  private InBandSets sets;
  private int videoIndex;
  private int audioIndex = -1;
  private boolean waitsForKeyFrame = true;
  private long unitsSkipped;

  /**
   * @param out takes packets for the player; they do not change
   */
  SessionMedia(
      SessionPlan plan, DtlsKeys keys, SecureRandom random, VmsClock clock, Consumer<byte[]> out) {
    this.plan = plan;
    this.clock = clock;
    this.out = out;
    beganNanos = clock.nanoTime();
    sets = new InBandSets(plan.format().video());
    videoIndex = plan.format().videoTrack();
    video =
        new SentTrack(
            plan.format().video(),
            plan.video().map().payloadType(),
            plan.videoSsrc(),
            random.nextInt() >>> 1,
            keys);
    audio = plan.audio() == null ? null : audio(plan, keys, random);
    rtcp = new SrtcpSender(keys.profile(), SrtpMaster.ofServer(keys.profile(), keys.material()));
  }

  private static @Nullable SentTrack audio(SessionPlan plan, DtlsKeys keys, SecureRandom random) {
    Optional<TrackFormat.Audio> sound = plan.format().audio();
    return sound.isEmpty() || plan.audio() == null
        ? null
        : new SentTrack(
            sound.get(),
            plan.audio().map().payloadType(),
            plan.audioSsrc(),
            random.nextLong() >>> (Long.SIZE - TICKS_BITS),
            keys);
  }

  /**
   * A run begins.
   *
   * @return false when the pictures are of a codec that was not agreed on: the session is over
   */
  boolean format(StreamFormat format) {
    if (!video.continues(format.video())) {
      return false;
    }
    sets = new InBandSets(format.video());
    videoIndex = format.videoTrack();
    waitsForKeyFrame = true;
    video.newRun();
    audioIndex = -1;
    if (audio != null) {
      audio.newRun();
      audioIndex =
          format
              .audio()
              .filter(audio::continues)
              .map(sound -> format.tracks().indexOf(sound))
              .orElse(-1);
    }
    return true;
  }

  /**
   * A unit came.
   *
   * @param writable whether the player keeps up; what it cannot take is left out up to the next key
   *     frame
   */
  void unit(AccessUnit unit, boolean writable) {
    boolean catchUp = unit.arrivalNanos() - beganNanos < 0;
    try {
      if (unit.track() == videoIndex) {
        picture(unit, catchUp, writable);
      } else if (unit.track() == audioIndex && audio != null && !catchUp && writable) {
        audio.send(unit, unit.data(), false, clock.nanoTime(), out);
      }
    } catch (VmsException e) {
      unitsSkipped++; // a sample that makes no packets; the next ones may
      waitsForKeyFrame |= unit.track() == videoIndex;
    }
  }

  private void picture(AccessUnit unit, boolean catchUp, boolean writable) {
    if (!writable || (waitsForKeyFrame && !unit.keyFrame())) {
      waitsForKeyFrame = true;
      unitsSkipped++;
      return;
    }
    waitsForKeyFrame = false;
    byte[] data = unit.keyFrame() ? sets.complete(unit.data()) : unit.data();
    video.send(unit, data, catchUp, clock.nanoTime(), out);
  }

  /** Units left out since the last call. */
  long takeSkipped() {
    long skipped = unitsSkipped;
    unitsSkipped = 0;
    return skipped;
  }

  void cameraReport(SenderReport report) {
    if (report.track() == videoIndex) {
      video.reported(report);
    } else if (report.track() == audioIndex && audio != null) {
      audio.reported(report);
    }
  }

  /** Tells the player the time of each track. */
  void sendReports() {
    boolean byCamera = video.knowsCameraTime() && (audio == null || audio.knowsCameraTime());
    for (SentTrack track : tracks()) {
      RtcpPacket.SenderReport report = track.report(clock.now(), clock.nanoTime(), byCamera);
      if (report != null) {
        sendRtcp(RtcpWriter.senderReport(report, plan.cname()));
      }
    }
  }

  /** Tells the player that nothing follows. */
  void sendFarewell() {
    tracks().forEach(track -> sendRtcp(RtcpWriter.bye(track.ssrc())));
  }

  private void sendRtcp(ByteBuffer compound) {
    out.accept(rtcp.protect(compound));
  }

  private List<SentTrack> tracks() {
    List<SentTrack> tracks = new ArrayList<>(List.of(video));
    if (audio != null) {
      tracks.add(audio);
    }
    return tracks;
  }

  /** Sends again what the player misses; returns how many packets that were. */
  int repeat(RtcpPacket.Nack nack) {
    int repeated = 0;
    for (SentTrack track : tracks()) {
      if (track.ssrc() == nack.source()) {
        for (int sequence : nack.missing()) {
          byte[] packet = track.repeat(sequence, clock.nanoTime());
          if (packet != null) {
            out.accept(packet);
            repeated++;
          }
        }
      }
    }
    return repeated;
  }
}
