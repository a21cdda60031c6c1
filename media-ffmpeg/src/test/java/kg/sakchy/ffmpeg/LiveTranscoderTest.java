package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import kg.sakchy.core.FakeClock;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.PlayableCodecs;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.NalUnits;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTranscoderTest {
  private static final PlayableCodecs H264_AAC = PlayableCodecs.of(List.of(Codec.H264, Codec.AAC));
  private static final PlayableCodecs WEBRTC =
      PlayableCodecs.of(List.of(Codec.H264, Codec.G711_ALAW));
  private static final TrackFormat.Audio ALAW =
      new TrackFormat.Audio(Codec.G711_ALAW, 8_000, Bytes.EMPTY, 1, "alaw");
  private static final int SOUND_BYTES = 320;

  /** Pictures that wait for others in the decoder, or were lost with a broken one. */
  private static final int HELD_BACK = 8;

  @TempDir Path folder;
  private MediaFile hevc;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final FfmpegLiveTranscoder transcoder =
      new FfmpegLiveTranscoder(1, new FakeClock(Instant.EPOCH), metrics);
  private FedSource source;
  private StreamFormat format;
  private long offset;

  @BeforeEach
  void read() {
    hevc = MediaFile.resource("h265-bframes.mp4", folder);
    format = new StreamFormat(List.of(hevc.format().video(), ALAW));
    source = new FedSource("gate", format);
  }

  @AfterEach
  void close() {
    transcoder.close();
  }

  /** Three seconds of pictures, and sound beside each, paced by the transcoder. */
  private void feed(HeardStream heard) throws InterruptedException {
    List<MuxSample> samples = hevc.muxSamples();
    int before = heard.pictures().size();
    for (int i = 0; i < samples.size(); i++) {
      MuxSample sample = samples.get(i);
      feed(0, offset + sample.pts(), offset + sample.dts(), sample.keyFrame(), sample.data());
      long sound = (long) i * SOUND_BYTES;
      feed(1, sound, sound, true, new byte[SOUND_BYTES]);
      int least = before + i - HELD_BACK;
      until("pictures come", () -> heard.pictures().size() >= least);
    }
    offset += samples.size() * 3_600L;
  }

  private void feed(int track, long pts, long dts, boolean key, byte[] data) {
    source.unit(new AccessUnit(track, pts, dts, key, data, Instant.now(), 0));
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void hevcBecomesH264OnTheSameTimeLine() throws InterruptedException {
    HeardStream heard = new HeardStream();
    try (LiveViews.LiveView view = transcoder.open(source, format, WEBRTC)) {
      assertThat(view.delivery()).isEqualTo(LiveViews.Delivery.TRANSCODED);
      view.stream().subscribe(heard);
      feed(heard);
      TrackFormat.Video made = heard.format().video();
      assertThat(made.codec()).isEqualTo(Codec.H264);
      assertThat(made.width()).isEqualTo(320);
      assertThat(made.height()).isEqualTo(180);
      assertThat(heard.format().audio()).contains(ALAW);
      assertThat(view.stream().status().format()).isEqualTo(heard.format());
      List<AccessUnit> pictures = heard.pictures();
      assertThat(pictures).hasSizeGreaterThan(60);
      assertThat(pictures.getFirst().keyFrame()).isTrue();
      List<Long> times = hevc.muxSamples().stream().map(MuxSample::pts).sorted().toList();
      assertThat(times).containsAll(pictures.stream().map(AccessUnit::pts).toList());
      assertThat(pictures).isSortedAccordingTo((a, b) -> Long.compare(a.dts(), b.dts()));
      assertThat(decoded(made, pictures)).isEqualTo(pictures.size());
      assertThat(heard.sound()).isNotEmpty();
      assertThat(heard.sound().getFirst().data()).as("as it came").hasSize(SOUND_BYTES);
    }
    assertThat(metrics.get("sakchy.transcode.pictures").counter().count()).isPositive();
    assertThat(metrics.get("sakchy.transcode.cpu").functionCounter().count()).isPositive();
    until("the source is let go", () -> source.closed() == 1);
  }

  /** How many of them a decoder makes pictures of. */
  private static int decoded(TrackFormat.Video format, List<AccessUnit> units) {
    int count = 0;
    try (VideoDecoder decoder = new VideoDecoder(format)) {
      for (AccessUnit unit : units) {
        decoder.send(unit.data(), unit.pts(), unit.keyFrame());
        while (decoder.receive()) {
          AVFrame picture = decoder.picture();
          assertThat(picture.width()).isEqualTo(format.width());
          count++;
        }
      }
      decoder.end();
      while (decoder.receive()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void telephoneSoundBecomesAacForWhoPlaysThat() throws InterruptedException {
    HeardStream heard = new HeardStream();
    try (LiveViews.LiveView view = transcoder.open(source, format, H264_AAC)) {
      view.stream().subscribe(heard);
      feed(heard);
      assertThat(heard.format().audio().orElseThrow().codec()).isEqualTo(Codec.AAC);
      until("sound comes", () -> heard.sound().size() > 5);
      assertThat(heard.sound().getFirst().data().length).isLessThan(SOUND_BYTES);
    }
  }

  @Test
  void picturesThatCanBePlayedAreNotTouched() throws InterruptedException {
    PlayableCodecs hevcAndAac = PlayableCodecs.of(List.of(Codec.H265, Codec.AAC));
    HeardStream heard = new HeardStream();
    try (LiveViews.LiveView view = transcoder.open(source, format, hevcAndAac)) {
      view.stream().subscribe(heard);
      feed(heard);
      assertThat(heard.format().video()).isEqualTo(format.video());
      assertThat(heard.format().audio().orElseThrow().codec()).isEqualTo(Codec.AAC);
      assertThat(heard.pictures().getFirst().data()).isEqualTo(hevc.muxSamples().getFirst().data());
    }
  }

  @Test
  void viewersWithTheSameNeedsShareOne() throws InterruptedException {
    HeardStream first = new HeardStream();
    HeardStream second = new HeardStream();
    FedSource again = new FedSource("gate", format);
    LiveViews.LiveView one = transcoder.open(source, format, WEBRTC);
    LiveViews.LiveView two = transcoder.open(again, format, WEBRTC);
    assertThat(again.closed()).isEqualTo(1);
    assertThat(two.stream()).isSameAs(one.stream());
    LiveStream.Subscription subscription = one.stream().subscribe(first);
    feed(first);
    two.stream().subscribe(second);
    feed(first);
    until("a late viewer begins with a key frame made for it", () -> !second.pictures().isEmpty());
    assertThat(second.pictures().getFirst().keyFrame()).isTrue();
    subscription.close();
    one.close();
    assertThat(source.closed()).as("the other still watches").isZero();
    two.close();
    two.close();
    assertThat(source.closed()).isEqualTo(1);
    assertThat(metrics.get("sakchy.transcode.streams").gauge().value()).isZero();
  }

  @Test
  void whenAllAreBusyTheNextIsToldSo() {
    FedSource yard = new FedSource("yard", format);
    try (LiveViews.LiveView busy = transcoder.open(source, format, WEBRTC)) {
      assertThat(busy.stream().id().camera()).isEqualTo(new CameraId("gate"));
      refused(yard, WEBRTC, ErrorKind.RESOURCE_EXHAUSTED);
    }
    FedSource later = new FedSource("yard", format);
    transcoder.open(later, format, WEBRTC).close();
    assertThat(later.closed()).isEqualTo(1);
    assertThat(metrics.get("sakchy.transcode.refused").counter().count()).isEqualTo(1);
  }

  @Test
  void whoPlaysNothingThatCanBeMadeIsToldSo() {
    refused(source, PlayableCodecs.of(List.of(Codec.OPUS)), ErrorKind.UNSUPPORTED);
  }

  private void refused(FedSource view, PlayableCodecs playable, ErrorKind kind) {
    assertThatThrownBy(() -> transcoder.open(view, format, playable))
        .isInstanceOfSatisfying(VmsException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(view.closed()).isEqualTo(1);
  }

  @Test
  void anInterruptionIsPassedOnAndTheNextRunBegins() throws InterruptedException {
    HeardStream heard = new HeardStream();
    try (LiveViews.LiveView view = transcoder.open(source, format, WEBRTC)) {
      view.stream().subscribe(heard);
      feed(heard);
      source.interrupt(
          new Interruption(
              GapCause.NETWORK, ErrorKind.UNAVAILABLE, "the camera is away", Instant.EPOCH));
      until("it is told", () -> heard.interruptions() == 1);
      assertThat(view.stream().status().format()).isNull();
      source.format(format);
      int before = heard.pictures().size();
      feed(heard);
      assertThat(heard.formats()).isEqualTo(2);
      assertThat(heard.pictures().get(before).keyFrame()).isTrue();
    }
  }

  @Test
  void aFormatThatChangesInMidStreamBeginsAnew() throws InterruptedException {
    MediaFile other = MediaFile.resource("mjpeg.mp4", folder);
    HeardStream heard = new HeardStream();
    try (LiveViews.LiveView view = transcoder.open(source, format, WEBRTC)) {
      view.stream().subscribe(heard);
      feed(heard);
      StreamFormat changed = new StreamFormat(List.of(other.format().video()));
      source.format(changed);
      for (MuxSample sample : other.muxSamples()) {
        feed(0, sample.pts(), sample.dts(), true, sample.data());
      }
      until("the other kind comes", () -> heard.formats() == 2);
      int before = heard.pictures().size();
      until("its pictures come", () -> heard.pictures().size() > before + 3);
      assertThat(heard.format().tracks()).hasSize(1);
      assertThat(heard.format().video().codec()).isEqualTo(Codec.H264);
    }
  }

  @Test
  void aBrokenPictureCostsNoMoreThanItsGroup() throws InterruptedException {
    HeardStream heard = new HeardStream();
    try (LiveViews.LiveView view = transcoder.open(source, format, WEBRTC)) {
      view.stream().subscribe(heard);
      feed(0, 0, 0, true, new byte[] {1, 2, 3});
      feed(0, 3_600, 3_600, true, new byte[NalUnits.LENGTH_BYTES]);
      offset = 90_000;
      feed(heard);
      assertThat(heard.pictures()).hasSizeGreaterThan(60);
    }
  }

  @Test
  void aCameraThatIsFasterThanTheMachineLosesPicturesNotTime() {
    TranscodeInput input = new TranscodeInput(() -> offset++);
    input.onFormat(format);
    for (int i = 0; i < TranscodeInput.MOST_UNITS + 10; i++) {
      input.onUnit(new AccessUnit(0, i, i, i == 0, new byte[1], Instant.EPOCH, 0));
    }
    assertThat(offset).isEqualTo(10);
    assertThat(input.waiting()).isEqualTo(TranscodeInput.MOST_UNITS);
  }
}
