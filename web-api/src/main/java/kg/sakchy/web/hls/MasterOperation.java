package kg.sakchy.web.hls;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.media.hls.MasterPlaylist;
import kg.sakchy.media.mp4.InitSegmentWriter;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.archive.ExistingFootage;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The Multivariant Playlist of a camera (RFC 8216bis §4.4.6): of the present, its main and its sub
 * stream; of the archive, the streams that were recorded.
 */
public final class MasterOperation implements Operation {
  /** How long a stream that is not pulled yet may take until its codec is known. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How far behind {@code from} recordings may begin. */
  private static final Duration SEARCH = Duration.ofHours(24);

  /** Peaks are higher than what was measured (§4.4.6.2 wants the peak). */
  private static final double PEAK = 1.5;

  private static final long LEAST_BITS = 64_000;

  private final LiveRings rings;
  private final Archive archive;
  private final ExistingFootage footage;
  private final MediaRights rights;
  private final VmsClock clock;

  public MasterOperation(LiveRings rings, Archive archive, MediaRights rights, VmsClock clock) {
    this.rings = rings;
    this.archive = archive;
    this.footage = new ExistingFootage(archive);
    this.rights = rights;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) {
    PlaylistRequest request = PlaylistRequest.of(call, StreamName.MAIN, rights, clock.now());
    Instant from = request.from();
    return from == null ? present(call) : recorded(call, request, from);
  }

  private Answer present(Call call) {
    List<LiveRing> open = new ArrayList<>();
    for (StreamName name : StreamName.values()) {
      ring(new StreamId(call.camera(), name)).ifPresent(open::add);
    }
    if (open.isEmpty()) {
      rings.open(StreamId.main(call.camera())); // tells why not
    }
    return new Answer.Waiting(
        open.getLast().when(window -> true, PATIENCE), () -> present(call, open));
  }

  private Optional<LiveRing> ring(StreamId stream) {
    try {
      return Optional.of(rings.open(stream));
    } catch (VmsException e) {
      return Optional.empty();
    }
  }

  private static Answer present(Call call, List<LiveRing> open) {
    List<MasterPlaylist.Variant> variants =
        open.stream().flatMap(ring -> variant(call, ring).stream()).toList();
    if (variants.isEmpty()) {
      throw new VmsException(ErrorKind.UNAVAILABLE, "nothing comes from the camera just now");
    }
    return HlsAnswers.playlist(Buffer.buffer(new MasterPlaylist(variants).text()));
  }

  private static Optional<MasterPlaylist.Variant> variant(Call call, LiveRing ring) {
    StreamStatus status = ring.status();
    StreamFormat format = status.format();
    if (format == null) {
      return Optional.empty();
    }
    TrackFormat.Video video = format.video();
    String sound =
        format
            .audio()
            .filter(audio -> InitSegmentWriter.carries(audio.codec()))
            .map(audio -> "," + audio.codecString())
            .orElse("");
    return Optional.of(
        new MasterPlaylist.Variant(
            address(call, ring.stream().name()),
            peak(status.bitsPerSecond()),
            video.codecString() + sound,
            video.width(),
            video.height()));
  }

  private Answer recorded(Call call, PlaylistRequest request, Instant from) {
    @Nullable Instant end = request.end();
    TimeRange range = new TimeRange(from, end == null ? from.plus(SEARCH) : end);
    Segment row =
        archive.segments(request.stream(), range, 1).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    footage.missing(
                        request.stream(), "nothing is recorded from " + from + " on", clock.now()));
    long millis = Math.max(1, row.range().duration().toMillis());
    MasterPlaylist.Variant variant =
        new MasterPlaylist.Variant(
            address(call, StreamName.MAIN),
            peak(row.sizeBytes() * 8_000 / millis),
            row.codecs(),
            row.width(),
            row.height());
    return HlsAnswers.playlist(Buffer.buffer(new MasterPlaylist(List.of(variant)).text()));
  }

  private static long peak(long bitsPerSecond) {
    return Math.max(LEAST_BITS, Math.round(bitsPerSecond * PEAK));
  }

  /** The Media Playlist beside this one, with what the caller gave. */
  private static String address(Call call, StreamName name) {
    StringBuilder address = new StringBuilder(name.code()).append(".m3u8");
    char separator = '?';
    for (String parameter : List.of("from", "to", MediaRights.PARAMETER)) {
      String value = call.parameter(parameter);
      if (value != null) {
        address.append(separator).append(parameter).append('=').append(value.replace(" ", "%20"));
        separator = '&';
      }
    }
    return address.toString();
  }
}
