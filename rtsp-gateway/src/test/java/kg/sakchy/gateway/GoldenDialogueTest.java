package kg.sakchy.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.LiveStream;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.gateway.camera.DialogueScript;
import kg.sakchy.gateway.camera.EventRecorder;
import kg.sakchy.gateway.camera.GatewayExtension;
import kg.sakchy.gateway.camera.ScriptedCamera;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole dialogues in the manner of known makers, word for word. */
class GoldenDialogueTest {
  @RegisterExtension final GatewayExtension it = new GatewayExtension(GatewayExtension.PATIENT);

  @ParameterizedTest
  @CsvSource({
    "hikvision, /Streaming/Channels/101",
    "dahua, /cam/realmonitor?channel=1&subtype=0",
    "axis, /axis-media/media.amp?videocodec=h264",
    "live555, /live.264",
    "gstreamer, /cam1",
    "nameless, /11",
  })
  void plays(String name, String path) throws Exception {
    ScriptedCamera camera = it.camera(DialogueScript.golden(name));
    EventRecorder recorder = new EventRecorder();

    LiveStream stream =
        it.gateway()
            .open(
                GatewayExtension.ID, GatewayExtension.source(camera.uri(path), "admin", "secret"));
    stream.subscribe(recorder);

    // Listeners begin with the next key frame; who subscribes at once may still be after the first.
    AccessUnit last = recorder.await(AccessUnit.class, 5);
    assertThat(recorder.all(StreamFormat.class)).hasSize(1);
    assertThat(recorder.all(StreamFormat.class).getFirst().video().width()).isEqualTo(640);
    assertThat(recorder.all(AccessUnit.class).getFirst().keyFrame()).isTrue();
    assertThat(last.dts() - recorder.all(AccessUnit.class).getFirst().dts()).isEqualTo(4 * 3600);
    assertThat(stream.status().state()).isEqualTo(StreamStatus.State.STREAMING);

    it.gateway().close(GatewayExtension.ID);
    camera.await("TEARDOWN");
    assertThat(camera.complaints()).isEmpty();
    assertThat(camera.connections()).isEqualTo(1);
  }
}
