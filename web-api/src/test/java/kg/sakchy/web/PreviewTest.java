package kg.sakchy.web;

import static kg.sakchy.web.TestServer.GATE_MAIN;
import static kg.sakchy.web.TestServer.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.core.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest {
  private static final String PREVIEWS = "/api/v1/cameras/gate/previews";
  private static final Instant SHEET = Instant.parse("2026-11-22T11:00:00Z");
  private static final Instant START = SHEET.plusSeconds(55);
  private final TestServer server = TestServer.start();
  private final AtomicInteger decoded = new AtomicInteger();

  @BeforeEach
  void record() {
    server.archive.add(RecordedRun.cut(GATE_MAIN, "run.mp4", START, 1, 4));
    server.pictures.painter =
        (format, sample, width) -> {
          decoded.incrementAndGet();
          return painted(format, sample, width);
        };
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** A red picture. */
  static byte[] painted(TrackFormat.Video format, byte[] sample, int maxWidth) {
    int width = maxWidth == 0 ? format.width() : maxWidth;
    int height = width * format.height() / format.width();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, Color.RED.getRGB());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String range(Instant from, Instant to) {
    return PREVIEWS + "?from=" + from + "&to=" + to;
  }

  private JsonArray sheets(String path) {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    return body(answer).getJsonArray("sheets");
  }

  private static BufferedImage image(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(answer.body()));
  }

  @Test
  void eachPictureIsWhereTheListSaysAndTheListReadsNoObject() throws IOException {
    JsonArray sheets = sheets(range(SHEET, SHEET.plus(Duration.ofHours(1))));
    assertThat(sheets).hasSize(1);
    assertThat(server.archive.bytesRead()).isZero();
    JsonObject sheet = sheets.getJsonObject(0);
    JsonArray pictures = sheet.getJsonArray("pictures");
    assertThat(pictures.stream().map(each -> ((JsonObject) each).getString("at")))
        .containsExactly("2026-11-22T11:00:55Z", "2026-11-22T11:01:00Z");
    BufferedImage image = image(server.get("/api/v1/cameras/gate/" + sheet.getString("address")));
    assertThat(image.getWidth()).isEqualTo(1_600);
    assertThat(image.getHeight()).isEqualTo(6 * sheet.getInteger("tileHeight"));
    for (Object each : pictures) {
      JsonObject picture = (JsonObject) each;
      int rgb = image.getRGB(picture.getInteger("x") + 80, picture.getInteger("y") + 60);
      assertThat(new Color(rgb).getRed()).isGreaterThan(200);
    }
    assertThat(new Color(image.getRGB(80, 60)).getRed()).as("nothing there").isLessThan(50);
  }

  @Test
  void aSheetIsPaintedOnce() {
    String path = PREVIEWS + "/" + SHEET.getEpochSecond() + ".jpg";
    assertThat(server.get(path).statusCode()).isEqualTo(200);
    assertThat(server.get(path).statusCode()).isEqualTo(200);
    assertThat(decoded.get()).isEqualTo(2);
  }

  @Test
  void aDamagedPictureLeavesTheOthers() throws IOException {
    server.pictures.painter =
        (format, sample, width) -> {
          if (decoded.getAndIncrement() == 0) {
            throw new VmsException(ErrorKind.DATA_LOSS, "no picture");
          }
          return painted(format, sample, width);
        };
    BufferedImage image = image(server.get(PREVIEWS + "/" + SHEET.getEpochSecond() + ".jpg"));
    assertThat(new Color(image.getRGB(5 * 160 + 80, 60)).getRed()).isLessThan(50);
    assertThat(new Color(image.getRGB(6 * 160 + 80, 60)).getRed()).isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.jpg", "x.jpg", "1795341000", "-600.jpg", "99999999999.jpg"})
  void otherNamesAreNotFound(String file) {
    assertThat(server.get(PREVIEWS + "/" + file).statusCode()).isEqualTo(404);
  }

  @Test
  void aTokenOpensSheetsItCoversWholly() {
    TimeRange whole = new TimeRange(SHEET, SHEET.plusSeconds(600));
    TimeRange part = new TimeRange(SHEET, SHEET.plusSeconds(500));
    String file = PREVIEWS + "/" + SHEET.getEpochSecond() + ".jpg";
    assertThat(sheets(range(SHEET, SHEET.plusSeconds(500)) + token(whole, '&'))).hasSize(1);
    assertThat(sheets(range(SHEET, SHEET.plusSeconds(500)) + token(part, '&'))).isEmpty();
    assertThat(server.get(file + token(whole, '?')).statusCode()).isEqualTo(200);
    assertThat(server.get(file + token(part, '?')).statusCode()).isEqualTo(403);
  }

  private String token(TimeRange range, char separator) {
    Instant expires = TestServer.NOW.plusSeconds(60);
    return separator
        + "token="
        + server.tokens.issue(
            new MediaGrant(TestServer.GATE, false, range, expires, TestServer.OPERATOR.account()));
  }
}
