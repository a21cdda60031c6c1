package kg.sakchy.gateway.server.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.server.offer.Offer;
import kg.sakchy.gateway.server.playback.RecordedFormats;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a stream can be offered as: as the camera sends it now, else as it was recorded last.
 *
 * <p>Threads: safe for use by many threads; blocks for a bounded time.
 */
final class Offers {
  private final LiveViews views;
  private final RecordedFormats recorded;
  private final Duration wait;

  /**
   * @param wait longest wait for a camera's first picture
   */
  Offers(LiveViews views, RecordedFormats recorded, Duration wait) {
    this.views = views;
    this.recorded = recorded;
    this.wait = wait;
  }

  /**
   * The offer of a stream.
   *
   * @param at the moment of the recording that the client is going to play, or null
   * @throws VmsException NOT_FOUND without such a stream, UNAVAILABLE while there is nothing
   */
  Offer find(StreamId stream, @Nullable Instant at) {
    if (at != null) {
      return Offer.of(
          recorded
              .at(stream, at)
              .orElseThrow(
                  () -> new VmsException(ErrorKind.NOT_FOUND, "nothing is recorded from then on")));
    }
    VmsException why;
    try (LiveViews.LiveView view = views.open(stream)) {
      StreamFormat format = format(view.stream());
      if (format != null) {
        return Offer.of(format.tracks());
      }
      why = new VmsException(ErrorKind.UNAVAILABLE, "the camera sends nothing");
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.NOT_FOUND && e.kind() != ErrorKind.UNAVAILABLE) {
        throw e;
      }
      why = e;
    }
    Optional<List<TrackFormat>> last = recorded.last(stream);
    if (last.isEmpty()) {
      throw why;
    }
    return Offer.of(last.get());
  }

  private @Nullable StreamFormat format(LiveStream stream) {
    StreamFormat known = stream.status().format();
    if (known != null) {
      return known;
    }
    CompletableFuture<StreamFormat> first = new CompletableFuture<>();
    StreamListener listener =
        new StreamListener() {
          @Override
          public void onFormat(StreamFormat format) {
            first.complete(format);
          }

          @Override
          public void onUnit(AccessUnit unit) {
            // only the format is of interest
          }
        };
    LiveStream.Subscription subscription = stream.subscribe(listener);
    try {
      return first.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      subscription.close();
    }
  }
}
