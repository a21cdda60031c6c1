package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.header;
import static kg.sakchy.web.TestServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import kg.sakchy.core.recording.Segment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
  private static final String PICTURE = "/api/v1/cameras/gate/snapshot.jpg";
  private static final Instant START = Instant.parse("2026-11-22T11:55:00Z");
  private final TestServer server = TestServer.start();
  private final RecordedRun run = RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4);

  SnapshotTest() {
    server.archive.add(run);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T11:55:00Z, 2026-11-22T11:55:00Z",
    "2026-11-22T11:55:00.999Z, 2026-11-22T11:55:00Z",
    "2026-11-22T11:55:03.5Z, 2026-11-22T11:55:03Z",
    "2026-11-22T11:55:04Z, 2026-11-22T11:55:04Z",
    "2026-11-22T17:55:11.9+06:00, 2026-11-22T11:55:11Z",
    "2026-11-22T12:04:00Z, 2026-11-22T11:55:11Z",
  })
  void theKeyFrameAtOrBeforeIsShown(String at, String shown) {
    HttpResponse<byte[]> answer = server.get(PICTURE + "?at=" + at);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Sakchy-Frame-Time")).isEqualTo(shown);
    assertThat(header(answer, "Content-Type")).isEqualTo("image/jpeg");
  }

  @Test
  void theSampleIsExactlyTheFirstOfItsPart() {
    server.get(PICTURE + "?at=2026-11-22T11:55:04Z&width=80");
    byte[] sample = server.pictures.lastSample;
    Segment second = run.segments().get(1);
    byte[] object = run.objects().get(1);
    int mdat = (int) second.keyFrames().offset(0);
    mdat += java.nio.ByteBuffer.wrap(object).getInt(mdat) + 8;
    assertThat(sample)
        .hasSizeGreaterThan(100)
        .isEqualTo(java.util.Arrays.copyOfRange(object, mdat, mdat + sample.length));
  }

  @Test
  void withoutAMomentItIsNow() {
    HttpResponse<byte[]> answer = server.get(PICTURE + "?width=64");
    assertThat(header(answer, "Sakchy-Frame-Time")).isEqualTo("2026-11-22T11:55:11Z");
    assertThat(text(answer)).startsWith("JPEG 160 64 ");
  }

  @Test
  void anUnchangedPictureIsNotMadeAgain() {
    String tag = header(server.get(PICTURE), "ETag");
    HttpResponse<byte[]> again =
        server.send(server.request(PICTURE).header("If-None-Match", String.valueOf(tag)));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void anOldPictureIsNotPassedOffAsNew() {
    server.clock.advance(Duration.ofMinutes(10));
    HttpResponse<byte[]> answer = server.get(PICTURE);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer)).contains("from 2026-11-22T11:55:00Z to 2026-11-22T11:55:12Z");
  }

  @Test
  void beforeTheFirstFrameThereIsNone() {
    assertThat(server.get(PICTURE + "?at=2026-11-22T11:54:59Z").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"width=0", "width=99999", "width=abc", "at=yesterday", "at=", "moment=1"})
  void parametersAreChecked(String query) {
    HttpResponse<byte[]> answer = server.get(PICTURE + "?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains(query.split("=", -1)[0]);
  }

  @Test
  void aDamagedRecordingIsSaidAndNothingHangs() {
    byte[] object = run.objects().getFirst().clone();
    Segment segment = run.segments().getFirst();
    int moof = (int) segment.keyFrames().offset(0);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = object.clone();
      java.util.Random random = new java.util.Random(i);
      for (int hits = 0; hits < 4; hits++) {
        damaged[moof + random.nextInt(120)] = (byte) random.nextInt();
      }
      server.archive.add(segment, damaged);
      assertThat(server.get(PICTURE + "?at=2026-11-22T11:55:00Z").statusCode()).isIn(200, 500);
    }
  }
}
