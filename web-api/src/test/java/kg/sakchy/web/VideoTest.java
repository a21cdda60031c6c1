package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.body;
import static kg.sakchy.web.TestServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kg.sakchy.core.ExternalTool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoTest {
  private static final Instant START = Instant.parse("2026-11-22T11:00:00Z");
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static String video(Instant from, Instant to) {
    return "/api/v1/cameras/gate/video.mp4?from=" + from + "&to=" + to;
  }

  private static Instant second(int second) {
    return START.plusSeconds(second);
  }

  private void recordRun() {
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4));
  }

  private HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request = server.request(path);
    return server.send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Presentation times, in seconds since the first, and the hash of every packet's bytes. */
  private static List<String> frames(Path file) throws Exception {
    String out =
        ExternalTool.require("ffprobe")
            .run(
                "-v",
                "error",
                "-select_streams",
                "v",
                "-show_entries",
                "packet=pts,data_hash",
                "-show_data_hash",
                "md5",
                "-of",
                "csv=p=0",
                file.toString());
    long[] first = {Long.MIN_VALUE};
    return out.lines()
        .map(
            line -> {
              String[] fields = line.split(",", -1);
              long pts = Long.parseLong(fields[0]);
              first[0] = first[0] == Long.MIN_VALUE ? pts : first[0];
              return (pts - first[0]) + " " + fields[1];
            })
        .toList();
  }

  private static Path write(Path directory, String name, byte[] content) throws Exception {
    return Files.write(directory.resolve(name), content);
  }

  @Test
  void theWholeRunIsFrameByFrameWhatTheCameraSent(@TempDir Path directory) throws Exception {
    recordRun();
    HttpResponse<byte[]> answer = get(video(START, second(12)));
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> sent = frames(write(directory, "sent.mp4", RecordedRun.clip("run.mp4")));
    List<String> got = frames(write(directory, "got.mp4", answer.body()));
    assertThat(sent).hasSize(300);
    assertThat(got).isEqualTo(sent);
  }

  @Test
  void aRangeBeginsAtTheKeyFrameBeforeAndEndsAtTheOneAfter(@TempDir Path directory)
      throws Exception {
    recordRun();
    Instant from = START.plusMillis(2_700);
    HttpResponse<byte[]> answer = get(video(from, START.plusMillis(6_100)));
    assertThat(header(answer, "Sakchy-From")).isEqualTo("2026-11-22T11:00:02Z");
    assertThat(header(answer, "Sakchy-To")).isEqualTo("2026-11-22T11:00:07Z");
    List<String> all = frames(write(directory, "sent.mp4", RecordedRun.clip("run.mp4")));
    List<String> got = frames(write(directory, "got.mp4", answer.body()));
    List<String> hashes = got.stream().map(frame -> frame.split(" ", -1)[1]).toList();
    assertThat(hashes)
        .isEqualTo(all.subList(50, 175).stream().map(f -> f.split(" ", -1)[1]).toList());
    assertThat(got.getLast()).startsWith(124 * 3600 + " ");
  }

  @Test
  void headersTellEverythingBeforeTheFirstByte() {
    recordRun();
    HttpResponse<byte[]> answer = get(video(START, second(12)));
    assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
    assertThat(header(answer, "Content-Length")).isEqualTo("" + answer.body().length);
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{64}\"");
    assertThat(header(answer, "Content-Disposition"))
        .isEqualTo("inline; filename=\"gate-20261122T110000Z-20261122T110012Z.mp4\"");
    assertThat(header(answer, "Transfer-Encoding")).isNull();
  }

  @Test
  void theHeadOpensNoRecording() {
    recordRun();
    HttpResponse<byte[]> head =
        server.send(
            server
                .request(video(START, second(12)))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    HttpResponse<byte[]> whole = get(video(START, second(12)));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo("" + whole.body().length);
    assertThat(header(head, "ETag")).isEqualTo(header(whole, "ETag"));
  }

  @Test
  void anyPartIsTheSameBytesAsInTheWhole() {
    recordRun();
    String path = video(second(1), second(11));
    byte[] whole = get(path).body();
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      int first = random.nextInt(whole.length);
      int last = first + random.nextInt(whole.length - first);
      HttpResponse<byte[]> part = get(path, "Range", "bytes=" + first + "-" + last);
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(header(part, "Content-Range"))
          .isEqualTo("bytes " + first + "-" + last + "/" + whole.length);
      assertThat(header(part, "Content-Length")).isEqualTo("" + (last - first + 1));
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, first, last + 1));
    }
  }

  @Test
  void aPlayerReadsPieceByPiece() {
    recordRun();
    String path = video(second(1), second(11));
    byte[] whole = get(path).body();
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    while (pieces.size() < whole.length) {
      String range = "bytes=" + pieces.size() + "-" + (pieces.size() + 4_999);
      pieces.writeBytes(get(path, "Range", range).body());
    }
    assertThat(pieces.toByteArray()).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-0|206",
        "bytes=-1|206",
        "bytes=100-|206",
        "bytes=0-99999999999999999999|206",
        "bytes=99999999999-|416",
        "bytes=-0|416",
        "bytes=0-1,5-6|200",
        "bytes=5-1|200",
        "bytes=a-b|200",
        "bytes=|200",
        "items=0-1|200"
      })
  void rangesFollowTheSpecification(String range, int status) {
    recordRun();
    HttpResponse<byte[]> answer = get(video(START, second(12)), "Range", range);
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 416) {
      assertThat(header(answer, "Content-Range")).startsWith("bytes */");
      assertThat(body(answer).getInteger("status")).isEqualTo(416);
    } else {
      assertThat(header(answer, "Content-Length")).isEqualTo("" + answer.body().length);
    }
  }

  @Test
  void aChangedFileIsSentWholeToWhoeverWantsToGoOn() {
    recordRun();
    String path = video(START, second(12));
    String tag = header(get(path), "ETag");
    assertThat(get(path, "Range", "bytes=0-9", "If-Range", "" + tag).statusCode()).isEqualTo(206);
    assertThat(get(path, "Range", "bytes=0-9", "If-Range", "\"old\"").statusCode()).isEqualTo(200);
    assertThat(get(path, "Range", "bytes=0-9", "If-Range", "W/" + tag).statusCode()).isEqualTo(200);
    assertThat(get(path, "If-None-Match", "\"x\", " + tag).statusCode()).isEqualTo(304);
  }

  @Test
  void theTagChangesWithTheBytes() {
    recordRun();
    assertThat(header(get(video(START, second(8))), "ETag"))
        .isEqualTo(header(get(video(START, START.plusMillis(7_500))), "ETag"))
        .isNotEqualTo(header(get(video(START, second(9))), "ETag"));
  }

  @Test
  void aGapKeepsItsTimeOrIsClosed(@TempDir Path directory) throws Exception {
    recordRun();
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", second(20), 2, 4));
    String path = video(START, second(32));
    assertThat(frames(write(directory, "real.mp4", get(path).body())).get(300))
        .startsWith(20 * 90_000 + " ");
    byte[] closed = get(path + "&gaps=closed").body();
    assertThat(frames(write(directory, "closed.mp4", closed)).get(300))
        .startsWith(12 * 90_000 + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T11:00:10Z, 2026-11-22T11:00:05Z, 400, end after it begins",
    "2026-11-22T11:00:10Z, 2026-11-22T11:00:10Z, 400, end after it begins",
    "2026-11-22T13:00:00Z, 2026-11-22T13:01:00Z, 400, 2026-11-22T12:00:00Z",
    "2026-11-20T11:00:00Z, 2026-11-22T11:00:00Z, 400, at most 24 hours",
    "2026-11-22T10:00:00Z, 2026-11-22T10:30:00Z, 404, from 2026-11-22T11:00:00Z to"
        + " 2026-11-22T11:00:12Z",
    "2026-11-22T11:30:00Z, 2026-11-22T11:40:00Z, 404, from 2026-11-22T11:00:00Z to"
        + " 2026-11-22T11:00:12Z",
    "2026-11-22, 2026-11-22T11:40:00Z, 400, from",
    "2026-11-22T11:30:00, 2026-11-22T11:40:00Z, 400, from",
    "2026-11-22T11:30:00Z, 2026-02-30T11:40:00Z, 400, to",
  })
  void rangesThatCannotBeServedAreExplained(String from, String to, int status, String words) {
    recordRun();
    HttpResponse<byte[]> answer = get("/api/v1/cameras/gate/video.mp4?from=" + from + "&to=" + to);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(TestServer.text(answer)).contains(words);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void offsetsAreUnderstoodAlsoWithABarePlus() {
    recordRun();
    HttpResponse<byte[]> local =
        get(
            "/api/v1/cameras/gate/video.mp4?from=2026-11-22T17:00:00+06:00"
                + "&to=2026-11-22T17:00:12%2B06:00");
    assertThat(local.statusCode()).isEqualTo(200);
    assertThat(local.body()).isEqualTo(get(video(START, second(12))).body());
  }

  @Test
  void aCameraWithoutRecordingsSaysSo() {
    HttpResponse<byte[]> answer = get(video(START, second(12)));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(body(answer).getString("detail")).contains("no recordings of gate at all");
  }

  @Test
  void aChangeOfFormatNamesItsMoment() {
    recordRun();
    server.archive.add(RecordedRun.cut(GATE_MAIN, "other-size.mp4", second(30), 2, 4));
    HttpResponse<byte[]> across = get(video(START, second(40)));
    assertThat(across.statusCode()).isEqualTo(409);
    assertThat(body(across).getString("detail"))
        .contains("2026-11-22T11:00:30Z")
        .contains("160x120")
        .contains("192x144");
    assertThat(get(video(second(30), second(40))).statusCode()).isEqualTo(200);
  }

  @Test
  void aRecordingThatRetentionTookIsAProblemAndNotABrokenFile() {
    RecordedRun run = RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4);
    server.archive.add(run);
    server.archive.lose(run.segments().getFirst());
    String path = video(START, second(12));
    HttpResponse<byte[]> head = get(path, "Range", "bytes=0-99");
    assertThat(head.statusCode()).as("the head is made, not read").isEqualTo(206);
    int length = Integer.parseInt(String.valueOf(header(head, "Content-Range")).split("/", -1)[1]);
    int intoFirst = length - 2 * run.objects().getLast().length;
    HttpResponse<byte[]> media = get(path, "Range", "bytes=" + (intoFirst - 2_000) + "-");
    assertThat(media.statusCode()).isEqualTo(404);
    assertThat(new JsonObject(TestServer.text(media)).getString("detail")).contains("retention");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from=2026-11-22T11:00:00Z", "to=2026-11-22T11:00:00Z", ""})
  void bothEndsAreNeeded(String query) {
    HttpResponse<byte[]> answer = get("/api/v1/cameras/gate/video.mp4?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(body(answer).getJsonArray("errors").getJsonObject(0).getString("field"))
        .isIn("from", "to");
  }

  @Test
  void anHourIsPlannedWithoutReadingIt() {
    for (int minute = 0; minute < 60; minute++) {
      server.archive.add(
          RecordedRun.cut(
              GATE_MAIN, "run.mp4", START.plus(Duration.ofMinutes(minute - 60)), minute + 1, 12));
    }
    HttpResponse<byte[]> answer =
        get(video(START.minus(Duration.ofHours(1)), START), "Range", "bytes=0-0");
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(server.archive.bytesRead()).isZero();
  }
}
