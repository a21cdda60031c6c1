package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.NOW;
import static kg.sakchy.web.TestServer.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import kg.sakchy.core.SampleDevices;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.Interruption;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.core.stream.StreamStatus;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.unit.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusTest {
  static final StreamFormat FORMAT =
      new StreamFormat(
          List.of(
              new TrackFormat.Video(Codec.H264, 90_000, Bytes.EMPTY, 1280, 720, "avc1.64001f"),
              new TrackFormat.Audio(Codec.AAC, 48_000, Bytes.EMPTY, 2, "mp4a.40.2")));
  private final TestServer server = TestServer.start();

  StatusTest() {
    server.addGate();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private JsonObject status() {
    return body(server.get("/api/v1/cameras/gate/status"));
  }

  static StreamStatus stream(StreamStatus.State state, @Nullable Interruption error) {
    return new StreamStatus(
        state,
        NOW.minusSeconds(60),
        NOW.minusMillis(40),
        2_000_000,
        24.9876,
        123_456,
        7,
        1,
        error,
        FORMAT);
  }

  static RecordingStatus recording(RecordingStatus.State state, @Nullable String problem) {
    return new RecordingStatus(state, NOW.minusMillis(300), 12, 3_000_000, problem);
  }

  @Test
  void figuresOfACameraThatWorks() {
    server.streams.set(GATE_MAIN, stream(StreamStatus.State.STREAMING, null));
    server.streams.set(GATE_MAIN, recording(RecordingStatus.State.RECORDING, null));
    JsonObject status = status();
    assertThat(status.getString("summary")).isEqualTo("recording");
    JsonObject stream = status.getJsonObject("stream");
    assertThat(stream.getLong("lastFrameAgeMillis")).isEqualTo(40);
    assertThat(stream.getDouble("framesPerSecond")).isEqualTo(24.99);
    assertThat(stream.getLong("packetsLost")).isEqualTo(7);
    assertThat(stream.getJsonObject("video").getInteger("width")).isEqualTo(1280);
    assertThat(stream.getJsonObject("audio").getString("codec")).isEqualTo("AAC");
    assertThat(status.getJsonObject("recording").getLong("segments")).isEqualTo(12);
  }

  @Test
  void aFailureIsToldInWordsAndInTheLanguageAskedFor() {
    Interruption refused =
        new Interruption(
            GapCause.CAMERA,
            ErrorKind.UNAUTHENTICATED,
            "the camera refused user and password",
            NOW.minusSeconds(5));
    server.streams.set(GATE_MAIN, stream(StreamStatus.State.BACKING_OFF, refused));
    assertThat(status().getString("words"))
        .isEqualTo("Failing: the camera refused user and password");
    JsonObject russian =
        body(
            server.send(
                server
                    .request("/api/v1/cameras/gate/status")
                    .header("Accept-Language", "ru-RU,ru;q=0.9,en;q=0.5")));
    assertThat(russian.getString("words")).startsWith("Неисправность: ");
    JsonObject error = russian.getJsonObject("stream").getJsonObject("lastError");
    assertThat(error.getString("code")).isEqualTo("unauthenticated");
    assertThat(error.getString("cause")).isEqualTo("camera");
  }

  @Test
  void aRecorderInTroubleIsNotHiddenByAStreamThatWorks() {
    server.streams.set(GATE_MAIN, stream(StreamStatus.State.STREAMING, null));
    server.streams.set(GATE_MAIN, recording(RecordingStatus.State.WAITING, "the spool is full"));
    assertThat(status().getString("words")).isEqualTo("Failing: the spool is full");
  }

  @Test
  void aClockSetBackGivesNoNegativeAge() {
    server.streams.set(GATE_MAIN, stream(StreamStatus.State.STREAMING, null));
    server.clock.step(java.time.Duration.ofHours(-1));
    assertThat(status().getJsonObject("stream").getLong("lastFrameAgeMillis")).isZero();
  }

  @Test
  void aCameraNobodyPullsIsOff() {
    JsonObject status = status();
    assertThat(status.getString("summary")).isEqualTo("off");
    assertThat(status.getJsonObject("stream")).isNull();
  }

  @Test
  void whatIsKnownOfTheDeviceIsTold() {
    assertThat(status().getValue("device")).isNull();
    server.registry.putDevice(SampleDevices.device("gate", 1));
    server.health.put(
        TestServer.GATE,
        new DeviceHealth(
            TestServer.GATE,
            NOW.minusSeconds(30),
            true,
            false,
            Duration.ofMillis(-61_500),
            null,
            "1.2.4",
            null,
            "the camera refuses user and password"));
    JsonObject device = status().getJsonObject("device");
    assertThat(device.getString("make")).isEqualTo("Acme");
    assertThat(device.getJsonArray("features")).contains("ptz");
    JsonObject health = status().getJsonObject("health");
    assertThat(health.getBoolean("reachable")).isTrue();
    assertThat(health.getBoolean("authenticated")).isFalse();
    assertThat(health.getLong("clockOffsetMillis")).isEqualTo(-61_500);
    assertThat(health.getValue("ntp")).isNull();
    assertThat(health.getString("problem")).isEqualTo("the camera refuses user and password");
  }

  @Test
  void anUnknownCameraIsNotFound() {
    assertThat(server.get("/api/v1/cameras/nobody/status").statusCode()).isEqualTo(404);
  }
}
