package kg.sakchy.onvif.metadata;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.onvif.event.Inbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the metadata documents out of one stream. What is not read fast enough is dropped and
 * counted; the stream never waits.
 *
 * <p>Threads: called on the stream's event loop; {@link #close} from any thread.
 */
final class MetadataListener implements StreamListener, AutoCloseable {
  private static final int NONE = -1;
  private static final Logger log = LoggerFactory.getLogger(MetadataListener.class);

  private final StreamId stream;
  private final Inbox inbox;
  private final AtomicLong dropped;
  private int track = NONE;
  private boolean behind;

  /**
   * @param reader is given each document, off the event loop
   * @param dropped counts documents that were lost
   */
  MetadataListener(StreamId stream, Consumer<byte[]> reader, AtomicLong dropped) {
    this.stream = stream;
    this.dropped = dropped;
    inbox = new Inbox("metadata-" + stream, reader);
  }

  @Override
  public void onFormat(StreamFormat format) {
    track = metadataTrack(format);
  }

  /** Index of the first track of metadata; negative if there is none. */
  static int metadataTrack(StreamFormat format) {
    List<TrackFormat> tracks = format.tracks();
    for (int i = 0; i < tracks.size(); i++) {
      if (tracks.get(i) instanceof TrackFormat.Metadata) {
        return i;
      }
    }
    return NONE;
  }

  @Override
  public void onUnit(AccessUnit unit) {
    if (unit.track() != track) {
      return;
    }
    if (inbox.offer(unit.data())) {
      behind = false;
      return;
    }
    dropped.incrementAndGet();
    if (!behind) {
      behind = true;
      log.atWarn().addKeyValue("stream", stream).log("metadata comes faster than it can be read");
    }
  }

  @Override
  public boolean isPatient() {
    return true;
  }

  @Override
  public void close() {
    inbox.close();
  }
}
