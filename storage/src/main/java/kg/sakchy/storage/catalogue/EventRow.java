package kg.sakchy.storage.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.event.CameraEvent;
import kg.sakchy.core.event.EventKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.unit.StorableText;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A row of the table of events. Threads: stateless. */
final class EventRow {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final int TOPIC_LIMIT = 1_000;
  private static final int ITEMS_LIMIT = 64;
  private static final int NAME_LIMIT = 200;
  private static final int VALUE_LIMIT = 4_000;

  /** How far from its arrival the time of an event is believed. */
  private static final Duration LATEST = Duration.ofDays(400);

  private static final Duration EARLIEST = Duration.ofDays(1);

  private EventRow() {}

  /**
   * The event as it will be kept: times in microseconds, texts cut to what fits and free of what
   * PostgreSQL cannot hold, and the arrival in place of a time that no clock of a camera can mean
   * (over 400 days before it, or over a day after it). So no camera can make a batch fail, or make
   * partitions at will.
   */
  static CameraEvent kept(CameraEvent event) {
    Instant arrived = micros(event.arrivedAt());
    Instant at = event.at();
    boolean believed = at.isAfter(arrived.minus(LATEST)) && at.isBefore(arrived.plus(EARLIEST));
    Instant camera = event.cameraTime();
    return new CameraEvent(
        event.camera(),
        event.kind(),
        event.state(),
        believed ? micros(at) : arrived,
        camera == null || !representable(camera) ? null : micros(camera),
        arrived,
        StorableText.of(event.topic(), TOPIC_LIMIT),
        texts(event.source()),
        texts(event.data()));
  }

  static EventLog.Entry read(ResultSet row, StatementContext context) throws SQLException {
    return new EventLog.Entry(
        row.getLong("number"),
        new CameraEvent(
            new CameraId(row.getString("camera")),
            EventKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            CameraEvent.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            Micros.instant(row.getLong("at_us")),
            instant(row.getObject("camera_us", Long.class)),
            Micros.instant(row.getLong("arrived_us")),
            row.getString("topic"),
            fromJson(row.getString("source")),
            fromJson(row.getString("data"))));
  }

  static String toJson(Map<String, String> texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new VmsException(ErrorKind.INTERNAL, "texts cannot be written", e);
    }
  }

  static Map<String, String> fromJson(String texts) {
    try {
      return JSON.readValue(texts, TEXTS);
    } catch (JsonProcessingException e) {
      throw new VmsException(ErrorKind.DATA_LOSS, "not an object of texts in the database", e);
    }
  }

  private static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null ? null : Micros.instant(micros);
  }

  private static Instant micros(Instant instant) {
    return Micros.instant(Micros.of(instant));
  }

  private static boolean representable(Instant instant) {
    return Math.abs(instant.getEpochSecond()) < Long.MAX_VALUE / 2_000_000;
  }

  private static Map<String, String> texts(Map<String, String> told) {
    Map<String, String> kept = new LinkedHashMap<>();
    told.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(ITEMS_LIMIT)
        .forEach(
            item ->
                kept.put(
                    StorableText.of(item.getKey(), NAME_LIMIT),
                    StorableText.of(item.getValue(), VALUE_LIMIT)));
    return kept;
  }
}
