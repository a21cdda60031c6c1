package kg.sakchy.gateway.server.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.server.access.Access;
import kg.sakchy.gateway.server.delivery.DatagramOutlet;
import kg.sakchy.gateway.server.delivery.Outlet;
import kg.sakchy.gateway.server.playback.Playback;
import kg.sakchy.media.rtsp.ClockRange;
import kg.sakchy.media.rtsp.PlayFields;
import kg.sakchy.media.rtsp.RequestTarget;
import kg.sakchy.media.rtsp.RtpInfo;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session that is sent the archive. Threads: as {@link Dialogue}. */
final class ArchivePlay {
  private static final Logger log = LoggerFactory.getLogger(ArchivePlay.class);
  private final ClientSession session;
  private final Outlet outlet;
  private final Playback playback;
  private @Nullable Wanted wanted;

  /** What a PLAY may bring. */
  private record Wanted(TimeRange bounds, boolean open) {}

  /** Rights over the archive go with the time: what was begun is not cut off by that alone. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  ArchivePlay(ClientSession session, Outlet outlet) {
    this.session = session;
    this.outlet = outlet;
    playback =
        new Playback(
            session.server().playback(),
            session.stream(),
            session.offer(),
            outlet,
            session.tracks(),
            new Playback.Events() {
              @Override
              public void shown(Instant from, Instant to) {
                session.delivered(from, to);
              }

              @Override
              public void ended() {
                // the session stays; a client may ask for more
              }

              @Override
              public void failed(VmsException why) {
                if (why.kind() == ErrorKind.TIMEOUT) {
                  session.server().metrics().stuck();
                }
                log.atInfo()
                    .addKeyValue("stream", session.stream())
                    .log("playing the archive ends: {}", why.toLogLine());
                session.connection().close();
              }
            });
  }

  /**
   * Looks up what a PLAY asks for.
   *
   * @param replay whether packets get the header extension
   * @throws VmsException as {@link Playback#prepare}, INVALID_ARGUMENT for a range that is none,
   *     PERMISSION_DENIED for one that may not be seen
   */
  Playback.Prepared prepare(RtspRequest request, PlayFields fields, Access access, boolean replay) {
    ClockRange range = fields.clock();
    Wanted now = range == null ? wanted : wanted(range, fields.scale() < 0, access);
    if (now == null) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "a range that is none")
          .with(PlayFields.FIELD, "Range");
    }
    Playback.Prepared prepared =
        playback.prepare(
            fields,
            range == null ? null : range.start(),
            now.bounds(),
            now.open(),
            fields.rateControl() || outlet instanceof DatagramOutlet,
            replay,
            request.headers().cseq());
    wanted = now;
    return prepared;
  }

  /**
   * What may be seen of a range.
   *
   * @throws VmsException PERMISSION_DENIED if not all of it
   */
  private @Nullable Wanted wanted(ClockRange range, boolean backwards, Access access) {
    Instant start = range.start();
    Instant end = range.end();
    Instant now = session.server().clock().now();
    if (start.isAfter(now)) {
      return null;
    }
    if (backwards) {
      Instant lower = end == null ? access.earliest() : end;
      if (!lower.isBefore(start)) {
        return null;
      }
      return access
          .allows(lower, start)
          .map(bounds -> new Wanted(bounds, end == null))
          .orElseThrow(ArchivePlay::denied);
    }
    if (end != null && !end.isAfter(start)) {
      return null;
    }
    TimeRange bounds = access.allows(start, end).orElseThrow(ArchivePlay::denied);
    return new Wanted(bounds, bounds.end().equals(Instant.MAX));
  }

  private static VmsException denied() {
    return new VmsException(ErrorKind.PERMISSION_DENIED, "the range is not covered");
  }

  /** The answer to a PLAY that can be played. */
  RtspResponse answer(RtspRequest request, String base, Playback.Prepared prepared) {
    RtspHeaders headers = session.headers(request).add("Range", prepared.range().format());
    if (request.headers().get("Scale") != null) {
      headers.add("Scale", String.format(Locale.ROOT, "%.3f", prepared.scale()));
    }
    if (request.headers().get("Rate-Control") != null) {
      headers.add("Rate-Control", prepared.rateControl() ? "yes" : "no");
    }
    List<RtpInfo.Track> tracks =
        prepared.starts().stream()
            .map(
                start ->
                    new RtpInfo.Track(
                        base + "/" + RequestTarget.TRACK + start.track(),
                        OptionalInt.of(start.sequence()),
                        OptionalLong.of(start.rtpTime())))
            .toList();
    return new RtspResponse(RtspStatus.OK, headers.add("RTP-Info", new RtpInfo(tracks).format()));
  }

  /** What it needs from now on: the archive, as far back as when it was begun. */
  Predicate<MediaGrant> needed() {
    VmsClock clock = session.server().clock();
    long began = clock.nanoTime();
    Instant first = Objects.requireNonNull(wanted).bounds().start();
    return grant -> {
      TimeRange archive = grant.archive();
      Duration since = Duration.ofNanos(clock.nanoTime() - began);
      return archive != null && !archive.start().isAfter(first.plus(since).plus(SLACK));
    };
  }

  void pause() {
    playback.pause();
  }

  void close() {
    playback.close();
  }
}
