package kg.sakchy.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.MediaTime;
import kg.sakchy.core.unit.Bytes;

/**
 * Pictures and sound of another media, and a track of ONVIF metadata beside them (ONVIF Streaming
 * §5.1.2.1.1), whose documents come from whoever calls {@link #send}.
 *
 * <p>Threads: any.
 */
public final class MetadataMedia implements SimMedia {
  private static final int CLOCK_RATE = 90_000;

  private final SimMedia pictures;
  private final List<TrackFormat> formats;
  private final List<Play> plays = new CopyOnWriteArrayList<>();

  /**
   * @param pictures without a track of metadata
   */
  public MetadataMedia(SimMedia pictures) {
    this.pictures = pictures;
    List<TrackFormat> all = new ArrayList<>(pictures.formats());
    all.add(new TrackFormat.Metadata(Codec.ONVIF_METADATA, CLOCK_RATE, Bytes.EMPTY));
    this.formats = List.copyOf(all);
  }

  @Override
  public List<TrackFormat> formats() {
    return formats;
  }

  /** Sends a document to all who watch now; the root is {@code tt:MetadataStream}. */
  public void send(String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    plays.forEach(play -> play.loop.execute(() -> play.send(bytes)));
  }

  @Override
  public Playback play(ScheduledExecutorService loop, Listener listener) {
    Play play = new Play(loop, listener);
    play.inner = pictures.play(loop, listener);
    plays.add(play);
    return play;
  }

  /** A playback under way. */
  private final class Play implements Playback {
    private final ScheduledExecutorService loop;
    private final Listener listener;
    private final long startedNanos = System.nanoTime();
    private Playback inner = () -> {};
    private boolean closed;

    Play(ScheduledExecutorService loop, Listener listener) {
      this.loop = loop;
      this.listener = listener;
    }

    void send(byte[] document) {
      if (!closed) {
        long ticks = MediaTime.rescale(System.nanoTime() - startedNanos, 1_000_000_000, CLOCK_RATE);
        listener.sample(formats.size() - 1, ticks, true, document);
      }
    }

    @Override
    public void close() {
      closed = true;
      plays.remove(this);
      inner.close();
    }
  }
}
