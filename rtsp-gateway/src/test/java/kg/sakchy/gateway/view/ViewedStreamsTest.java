package kg.sakchy.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kg.sakchy.core.InMemoryCameraDirectory;
import kg.sakchy.core.camera.Camera;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveTranscoder;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.live.WebRtcViews;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.gateway.webrtc.FedStream;
import org.junit.jupiter.api.Test;

class ViewedStreamsTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final StreamId MAIN = StreamId.main(GATE);
  private static final StreamId SUB = new StreamId(GATE, StreamName.SUB);
  private static final PlayableCodecs MSE = PlayableCodecs.of(List.of(Codec.H264, Codec.AAC));
  private static final TrackFormat.Audio ALAW =
      new TrackFormat.Audio(Codec.G711_ALAW, 8_000, Bytes.EMPTY, 1, "alaw");

  private final InMemoryCameraDirectory cameras = new InMemoryCameraDirectory();
  private final Map<StreamId, FedStream> pulled = new HashMap<>();
  private final List<StreamId> transcoded = new ArrayList<>();
  private final LiveTranscoder transcoder =
      (source, format, playable) -> {
        transcoded.add(source.stream().id());
        return source;
      };
  private final ViewedStreams views = new ViewedStreams(cameras, new Streams(), transcoder);

  private static StreamFormat format(Codec codec, TrackFormat... more) {
    List<TrackFormat> tracks = new ArrayList<>();
    tracks.add(new TrackFormat.Video(codec, 90_000, Bytes.EMPTY, 640, 360, "test"));
    tracks.addAll(List.of(more));
    return new StreamFormat(tracks);
  }

  private void camera(boolean withSub) {
    StreamSource main = StreamSource.parse("rtsp://10.0.0.5/main", Transport.TCP);
    StreamSource sub = StreamSource.parse("rtsp://10.0.0.5/sub", Transport.TCP);
    cameras.create(
        new Camera(GATE, "Gate", main, withSub ? sub : null, false, null, Instant.EPOCH, null, 1));
  }

  private void sends(StreamId id, StreamFormat format) {
    pulled.put(id, new FedStream(id, format));
  }

  @Test
  void whatCanBePlayedIsGivenAsItIs() {
    camera(true);
    sends(MAIN, format(Codec.H264));
    LiveViews.LiveView view = views.open(MAIN, MSE);
    assertThat(view.stream().id()).isEqualTo(MAIN);
    assertThat(view.delivery()).isEqualTo(LiveViews.Delivery.ORIGINAL);
  }

  @Test
  void theSubStreamStandsInForOneThatCannotBePlayed() {
    camera(true);
    sends(MAIN, format(Codec.H265));
    sends(SUB, format(Codec.H264));
    LiveViews.LiveView view = views.open(MAIN, MSE);
    assertThat(view.stream().id()).isEqualTo(SUB);
    assertThat(view.delivery()).isEqualTo(LiveViews.Delivery.SUB_STREAM);
    assertThat(transcoded).isEmpty();
  }

  @Test
  void withoutAPlayableSubStreamItIsCodedAnew() {
    camera(true);
    sends(MAIN, format(Codec.H265));
    sends(SUB, format(Codec.H265));
    views.open(MAIN, MSE);
    assertThat(transcoded).containsExactly(MAIN);
  }

  @Test
  void withoutASubStreamItIsCodedAnew() {
    camera(false);
    sends(MAIN, format(Codec.H265));
    views.open(MAIN, MSE);
    assertThat(transcoded).containsExactly(MAIN);
  }

  @Test
  void telephoneSoundIsCodedAnewOnlyForWhoPlaysAac() {
    camera(false);
    sends(MAIN, format(Codec.H264, ALAW));
    views.open(MAIN, WebRtcViews.PLAYABLE);
    assertThat(transcoded).as("played as it is").isEmpty();
    views.open(MAIN, PlayableCodecs.of(List.of(Codec.H264)));
    assertThat(transcoded).as("no sound is no reason").isEmpty();
    views.open(MAIN, MSE);
    assertThat(transcoded).containsExactly(MAIN);
  }

  @Test
  void aServerWithoutTranscoderSaysSo() {
    camera(false);
    sends(MAIN, format(Codec.H265));
    ViewedStreams plain = new ViewedStreams(cameras, new Streams());
    assertThatThrownBy(() -> plain.open(MAIN, MSE))
        .isInstanceOfSatisfying(
            VmsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
              assertThat(e).hasMessageContaining("H265");
            });
  }

  @Test
  void aViewerWaitsForTheCamerasFirstPicture() throws InterruptedException {
    camera(false);
    FedStream late = new FedStream(MAIN, null);
    pulled.put(MAIN, late);
    Thread camera =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (late.listeners() == 0) {
                    Thread.onSpinWait();
                  }
                  late.format(format(Codec.H264));
                });
    assertThat(views.open(MAIN, MSE).stream()).isSameAs(late);
    camera.join();
    assertThat(late.listeners()).isZero();
  }

  /** Pulls what the test says. */
  private final class Streams implements LiveStreams {
    @Override
    public LiveStream open(StreamId id, StreamSource source) {
      return find(id)
          .orElseThrow(() -> new VmsException(ErrorKind.UNAVAILABLE, "the camera is away"));
    }

    @Override
    public Optional<LiveStream> find(StreamId id) {
      return Optional.ofNullable(pulled.get(id));
    }

    @Override
    public Collection<LiveStream> all() {
      return List.copyOf(pulled.values());
    }

    @Override
    public void close(StreamId id) {
      pulled.remove(id);
    }
  }
}
