package kg.sakchy.onvif.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.InMemoryEventLog;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamListener;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.onvif.event.EventJournal;
import kg.sakchy.onvif.event.Inbox;
import kg.sakchy.sim.onvif.event.MetadataDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetadataStreamsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration OFFSET = Duration.ofSeconds(7);
  private static final MetadataDocument.Box BOX = new MetadataDocument.Box(-0.5, 0.5, 0.5, -0.5);
  private static final StreamFormat PICTURES =
      new StreamFormat(
          List.of(new TrackFormat.Video(Codec.H264, 90_000, Bytes.EMPTY, 640, 360, "avc1")));
  private static final StreamFormat WITH_METADATA =
      new StreamFormat(
          List.of(
              PICTURES.tracks().getFirst(),
              new TrackFormat.Metadata(Codec.ONVIF_METADATA, 90_000, Bytes.EMPTY)));

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryEventLog log = new InMemoryEventLog();
  private final EventJournal journal = new EventJournal(log);
  private final BlockingQueue<CameraEvent> heard = new LinkedBlockingQueue<>();
  private final AtomicBoolean heardOtherwise = new AtomicBoolean();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Streams live = new Streams();
  private final MetadataStreams metadata =
      new MetadataStreams(live, this::clockOffset, camera -> heardOtherwise.get(), journal, clock);
  private boolean slow;

  MetadataStreamsTest() {
    log.onAppend(entries -> entries.forEach(entry -> heard.add(entry.event())));
  }

  @AfterEach
  void close() {
    gate.countDown();
    metadata.close();
    journal.close();
  }

  private Duration clockOffset(CameraId camera) {
    if (slow) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return OFFSET;
  }

  private CameraEvent next() throws InterruptedException {
    CameraEvent event = heard.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event within ten seconds").isNotNull();
    return event;
  }

  private static String plate(String number) {
    return MetadataDocument.vehicle(NOW.plus(OFFSET), 12, BOX, "Car", number);
  }

  @Test
  void platesAndPeopleBecomeEventsAtTheCorrectedTime() throws Exception {
    Stream gateMain = live.add("gate", WITH_METADATA);
    metadata.look();
    gateMain.send(plate("01KG123ABC"));
    CameraEvent event = next();
    assertThat(event.kind()).isEqualTo(EventKind.PLATE);
    assertThat(event.camera()).isEqualTo(new CameraId("gate"));
    assertThat(event.cameraTime()).isEqualTo(NOW.plus(OFFSET));
    assertThat(event.at()).isEqualTo(NOW);
    assertThat(event.arrivedAt()).isEqualTo(NOW);
    gateMain.send("<html>not metadata");
    gateMain.send(MetadataDocument.human(NOW, 13, BOX));
    assertThat(next().kind()).as("rubbish costs only itself").isEqualTo(EventKind.OBJECT);
    assertThat(gateMain.listeners).allMatch(StreamListener::isPatient);
  }

  @Test
  void onlyStreamsWithMetadataAreListenedToAndOneACamera() {
    Stream silent = live.add("silent", PICTURES);
    Stream main = live.add("gate", WITH_METADATA);
    Stream sub = live.add(new StreamId(main.id().camera(), StreamName.SUB), WITH_METADATA);
    metadata.look();
    metadata.look();
    assertThat(silent.listeners).isEmpty();
    assertThat(main.listeners.size() + sub.listeners.size()).isEqualTo(1);
  }

  @Test
  void streamsThatComeChangeAndGoAreFollowed() throws Exception {
    metadata.look();
    Stream first = live.add("gate", PICTURES);
    metadata.look();
    assertThat(first.listeners).isEmpty();
    first.format = WITH_METADATA;
    metadata.look();
    assertThat(first.listeners).hasSize(1);
    first.format = null; // between two runs
    metadata.look();
    assertThat(first.listeners).hasSize(1);
    live.all.remove(first);
    Stream second = live.add("gate", WITH_METADATA);
    metadata.look();
    assertThat(first.listeners).isEmpty();
    second.send(plate("01KG123ABC"));
    assertThat(next().kind()).isEqualTo(EventKind.PLATE);
    metadata.close();
    assertThat(second.listeners).isEmpty();
  }

  @Test
  void aRunWithoutMetadataIsNotReadAsSuch() throws Exception {
    Stream stream = live.add("gate", WITH_METADATA);
    metadata.look();
    stream.begin(PICTURES);
    stream.send(1, plate("01KG123ABC"));
    stream.begin(WITH_METADATA);
    stream.send(0, plate("01KG123ABD"));
    stream.send(1, plate("01KG123ABE"));
    assertThat(next().data()).containsEntry("PlateNumber", "01KG123ABE");
  }

  @Test
  void messagesThatComeBySubscriptionTooAreHeardOnce() throws Exception {
    Stream stream = live.add("gate", WITH_METADATA);
    metadata.look();
    String message =
        """
        <tt:MetadataStream xmlns:tt="t"><tt:Event><NotificationMessage>
        <Topic>tns1:RuleEngine/LineDetector/Crossed</Topic><Message><Data>
        <SimpleItem Name="ObjectId" Value="%d"/></Data></Message>
        </NotificationMessage></tt:Event></tt:MetadataStream>\
        """;
    heardOtherwise.set(true);
    stream.send(message.formatted(1));
    stream.send(plate("01KG123ABC"));
    assertThat(next().kind()).isEqualTo(EventKind.PLATE);
    heardOtherwise.set(false);
    stream.send(message.formatted(2));
    assertThat(next().data()).containsEntry("ObjectId", "2");
  }

  @Test
  void whatComesFasterThanItIsReadIsDroppedAndTheStreamNeverWaits() throws Exception {
    slow = true;
    Stream stream = live.add("gate", WITH_METADATA);
    metadata.look();
    String large = plate("01KG123ABC") + " ".repeat(Inbox.MAX_WAITING_BYTES / 4);
    for (int i = 0; i < 20; i++) {
      stream.send(large);
    }
    assertThat(metadata.dropped()).isBetween(15L, 19L);
    gate.countDown();
    assertThat(next().kind()).isEqualTo(EventKind.PLATE);
  }

  /** Streams as a test wants them. */
  private static final class Streams implements LiveStreams {
    private final List<Stream> all = new ArrayList<>();

    Stream add(String camera, StreamFormat format) {
      return add(StreamId.main(new CameraId(camera)), format);
    }

    Stream add(StreamId id, StreamFormat format) {
      Stream stream = new Stream(id, format);
      all.add(stream);
      return stream;
    }

    @Override
    public LiveStream open(StreamId id, StreamSource source) {
      throw new AssertionError("no stream is opened for its metadata");
    }

    @Override
    public Optional<LiveStream> find(StreamId id) {
      return all.stream().filter(each -> each.id.equals(id)).map(LiveStream.class::cast).findAny();
    }

    @Override
    public Collection<LiveStream> all() {
      return List.copyOf(all);
    }

    @Override
    public void close(StreamId id) {
      throw new AssertionError("no stream is closed");
    }
  }

  /** A stream that sends what a test says. */
  private static final class Stream implements LiveStream {
    private final StreamId id;
    private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable StreamFormat format;

    Stream(StreamId id, StreamFormat format) {
      this.id = id;
      this.format = format;
    }

    void begin(StreamFormat next) {
      format = next;
      listeners.forEach(listener -> listener.onFormat(next));
    }

    void send(String document) {
      send(1, document);
    }

    void send(int track, String document) {
      byte[] data = document.getBytes(StandardCharsets.UTF_8);
      listeners.forEach(
          listener -> listener.onUnit(new AccessUnit(track, 0, 0, true, data, NOW, 0)));
    }

    @Override
    public StreamId id() {
      return id;
    }

    @Override
    public Subscription subscribe(StreamListener listener, Start start) {
      assertThat(start).isEqualTo(Start.NEXT_KEY_FRAME);
      listeners.add(listener);
      StreamFormat now = format;
      if (now != null) {
        listener.onFormat(now);
      }
      return () -> listeners.remove(listener);
    }

    @Override
    public void requestKeyFrame() {
      throw new AssertionError("metadata needs no key frame");
    }

    @Override
    public StreamStatus status() {
      return new StreamStatus(StreamStatus.State.STREAMING, NOW, NOW, 0, 0, 0, 0, 0, null, format);
    }
  }
}
