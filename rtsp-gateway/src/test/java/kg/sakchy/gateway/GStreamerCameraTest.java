package kg.sakchy.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import kg.sakchy.core.camera.Transport;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.gateway.camera.GStreamerCamera;
import kg.sakchy.gateway.camera.GatewayExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an RTSP server that nobody here wrote. */
class GStreamerCameraTest {
  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.PATIENT);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"H264, TCP", "H264, UDP", "H265, TCP"})
  void videoAndSoundArriveWhole(Codec codec, Transport transport) throws Exception {
    try (GStreamerCamera camera =
        GStreamerCamera.start(directory, codec.name().toLowerCase(Locale.ROOT))) {
      EventRecorder recorder = listen(camera, null, transport);

      recorder.await(AccessUnit.class, 100);
      recorder.await(SenderReport.class, 1);
      StreamFormat format = recorder.all(StreamFormat.class).getLast();
      assertThat(format.tracks())
          .extracting(TrackFormat::codec)
          .containsExactly(codec, Codec.G711_ALAW);
      assertThat(format.video().width()).isEqualTo(320);
      assertThat(recorder.all(PacketLoss.class)).isEmpty();
      assertThat(recorder.all(Interruption.class)).isEmpty();
    }
  }

  @Test
  void digestIsUnderstood() throws Exception {
    try (GStreamerCamera camera = GStreamerCamera.start(directory, "h264", "admin", "se:cret")) {
      EventRecorder recorder = listen(camera, new Credentials("admin", "se:cret"), Transport.TCP);

      recorder.await(AccessUnit.class, 10);
      List<AccessUnit> units = recorder.all(AccessUnit.class);
      assertThat(units.getFirst().keyFrame()).isTrue();
    }
  }

  @Test
  void wrongPasswordIsNamed() throws Exception {
    try (GStreamerCamera camera = GStreamerCamera.start(directory, "h264", "admin", "secret")) {
      EventRecorder recorder = listen(camera, new Credentials("admin", "wrong"), Transport.TCP);

      recorder.awaitInterruption("the camera refused user and password");
    }
  }

  private EventRecorder listen(
      GStreamerCamera camera, @Nullable Credentials credentials, Transport transport) {
    EventRecorder recorder = new EventRecorder();
    it.gateway()
        .open(GatewayExtension.ID, new StreamSource(camera.uri(), credentials, transport))
        .subscribe(recorder);
    return recorder;
  }
}
