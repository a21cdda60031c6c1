package kg.sakchy.gateway.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.track.TrackSource;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.RtpMap;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * Which of a camera's tracks are wanted: the first video that can be carried, and the first of each
 * other kind that is asked for.
 *
 * @param tracks video first; empty if there is a failure
 * @param failure why nothing is wanted, or null
 */
record TrackSelection(List<TrackSource> tracks, @Nullable Failure failure) {
  /**
   * @param wants whether a kind of track besides video is asked for
   */
  static TrackSelection of(SessionDescription description, Predicate<Codec.Kind> wants) {
    List<TrackSource> wanted = new ArrayList<>();
    List<MediaDescription> media =
        description.media().stream().filter(MediaDescription::isRtp).toList();
    first(media, Codec.Kind.VIDEO).ifPresent(wanted::add);
    if (wanted.isEmpty()) {
      return new TrackSelection(wanted, withoutVideo(media));
    }
    for (Codec.Kind kind : List.of(Codec.Kind.AUDIO, Codec.Kind.METADATA)) {
      if (wants.test(kind)) {
        first(media, kind).ifPresent(wanted::add);
      }
    }
    return new TrackSelection(wanted, null);
  }

  private static Optional<TrackSource> first(List<MediaDescription> media, Codec.Kind kind) {
    return media.stream()
        .flatMap(section -> TrackSource.of(section).stream())
        .filter(track -> track.codec().kind() == kind)
        .findFirst();
  }

  private static Failure withoutVideo(List<MediaDescription> media) {
    String offered =
        media.stream()
            .filter(section -> section.type().equals("video"))
            .flatMap(section -> section.rtpmap().map(RtpMap::encoding).stream())
            .distinct()
            .collect(Collectors.joining(", "));
    return offered.isEmpty()
        ? Failure.camera(ErrorKind.FAILED_PRECONDITION, "the camera offers no video track")
        : Failure.camera(
            ErrorKind.UNSUPPORTED, "the camera's video codec is not supported: " + offered);
  }
}
