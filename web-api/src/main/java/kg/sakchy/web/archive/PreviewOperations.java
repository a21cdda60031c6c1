package kg.sakchy.web.archive;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.access.MediaGrant;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.picture.KeyFramePictures;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.web.access.MediaRights;
import kg.sakchy.web.http.Answer;
import kg.sakchy.web.http.Call;
import kg.sakchy.web.http.Rfc3339;

/**
 * Small pictures for scrubbing: a list of what there is, which reads no object, and sheets of ten
 * minutes, painted when they are asked for. A sheet is given only to who may see all of it.
 */
public final class PreviewOperations {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MAX_ROWS = 20_000;
  private static final Pattern FILE = Pattern.compile("(\\d{1,11})\\.jpg");

  /** From then on a sheet does not change any more. */
  private static final Duration SETTLED = Duration.ofMinutes(2);

  private final Archive archive;
  private final PreviewSheets sheets;
  private final MediaRights rights;
  private final VmsClock clock;

  public PreviewOperations(
      Archive archive, KeyFramePictures pictures, MediaRights rights, VmsClock clock) {
    this.archive = archive;
    this.sheets = new PreviewSheets(new PreviewPainter(archive, pictures));
    this.rights = rights;
    this.clock = clock;
  }

  /** The pictures of a range, by sheet. */
  public Answer list(Call call) {
    TimeRange range = RequestedRange.of(call, LONGEST, clock.now());
    MediaGrant grant = rights.requireArchive(call, range);
    String token = call.parameter(MediaRights.PARAMETER);
    String query = token == null ? "" : "?" + MediaRights.PARAMETER + "=" + token;
    JsonArray list = new JsonArray();
    for (PreviewSheet sheet : planned(StreamId.main(call.camera()), range)) {
      if (grant.allows(call.camera(), sheet.range())) {
        list.add(json(sheet, query));
      }
    }
    return Answer.json(
        new JsonObject()
            .put("camera", call.camera().value())
            .put("stepSeconds", PreviewSheet.STEP.toSeconds())
            .put("tileWidth", PreviewSheet.TILE_WIDTH)
            .put("sheets", list));
  }

  private static JsonObject json(PreviewSheet sheet, String query) {
    JsonArray pictures = new JsonArray();
    for (PreviewSheet.Tile tile : sheet.tiles()) {
      pictures.add(
          new JsonObject()
              .put("at", Rfc3339.format(tile.frame().time()))
              .put("x", tile.x())
              .put("y", tile.y(sheet.tileHeight())));
    }
    return new JsonObject()
        .put("address", "previews/" + sheet.file() + query)
        .put("from", Rfc3339.format(sheet.range().start()))
        .put("to", Rfc3339.format(sheet.range().end()))
        .put("tileHeight", sheet.tileHeight())
        .put("pictures", pictures);
  }

  /** One sheet. */
  public Answer sheet(Call call) {
    Matcher file = FILE.matcher(call.path().getOrDefault("file", ""));
    if (!file.matches()) {
      throw missing();
    }
    Instant start = Instant.ofEpochSecond(Long.parseLong(file.group(1)));
    if (!PreviewSheet.startOf(start).equals(start)) {
      throw missing();
    }
    TimeRange range = new TimeRange(start, start.plus(PreviewSheet.SPAN));
    rights.requireArchive(call, range);
    PreviewSheet sheet =
        planned(StreamId.main(call.camera()), range).stream()
            .findFirst()
            .orElseThrow(PreviewOperations::missing);
    boolean settled = range.end().plus(SETTLED).isBefore(clock.now());
    String keep = settled ? "private, max-age=86400" : "private, no-cache";
    return Answer.of(
        200, "image/jpeg", Map.of("Cache-Control", keep), Buffer.buffer(sheets.jpeg(sheet)));
  }

  private List<PreviewSheet> planned(StreamId stream, TimeRange range) {
    return PreviewSheet.of(stream, archive.segments(stream, range, MAX_ROWS), range);
  }

  private static VmsException missing() {
    return new VmsException(ErrorKind.NOT_FOUND, "there are no previews at this address");
  }
}
