package kg.sakchy.recorder.rebuild;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.StreamId;
import kg.sakchy.core.camera.StreamName;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.recording.Segment;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.storage.ObjectStore.ObjectInfo;
import kg.sakchy.core.time.TimeRange;
import kg.sakchy.recorder.spool.SegmentFile;
import kg.sakchy.recorder.spool.SpoolErrors;
import org.jspecify.annotations.Nullable;

/**
 * Walks the objects of the store in the order of their keys and adds to the index each one that it
 * does not know. Nothing is deleted or changed; run again, it goes on where rows are missing. A
 * missing object is read whole, because its hash belongs to the row.
 *
 * <p>Threads: confined to one; reads a few objects at a time.
 */
public final class IndexRebuild {
  private static final String PREFIX = "v1/";
  private static final int PAGE = 500;
  private static final int AT_A_TIME = 4;
  private static final int MOST_AT_A_MOMENT = 100;

  /** See {@link Segment#key(StreamId, Instant, long, int)}. */
  private static final Pattern KEY =
      Pattern.compile("v1/([^/]+)/([^/]+)/\\d{4}/\\d{2}/\\d{2}/(\\d{1,15})-[0-9a-z-]+\\.mp4");

  private final ObjectStore store;
  private final RecordingIndex index;
  private final Path scratch;

  /**
   * @param scratch an existing directory for the objects being read, at most {@value #AT_A_TIME}
   */
  public IndexRebuild(ObjectStore store, RecordingIndex index, Path scratch) {
    this.store = store;
    this.index = index;
    this.scratch = scratch;
  }

  /**
   * How far it is.
   *
   * @param seen objects looked at
   * @param added rows added
   * @param foreign objects whose key is not that of a segment; left alone
   * @param damaged what cannot be indexed, "key: why"
   * @param at the last key looked at, or null before the first
   */
  public record Progress(
      long seen, long added, long foreign, List<String> damaged, @Nullable ObjectKey at) {
    static final Progress NONE = new Progress(0, 0, 0, List.of(), null);

    public Progress {
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * Walks the whole store.
   *
   * @param listener told after each page of objects
   * @return the last progress
   * @throws VmsException when the store or the database goes away; run it again then
   */
  public Progress run(Consumer<Progress> listener) throws InterruptedException {
    Progress progress = Progress.NONE;
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<ObjectInfo> page = store.list(PREFIX, null, PAGE);
      while (!page.isEmpty()) {
        progress = look(page, progress, pool);
        listener.accept(progress);
        page = store.list(PREFIX, page.getLast().key(), PAGE);
      }
    }
    return progress;
  }

  private Progress look(List<ObjectInfo> page, Progress before, ExecutorService pool)
      throws InterruptedException {
    List<Future<Outcome>> outcomes = new ArrayList<>();
    for (ObjectInfo object : page) {
      outcomes.add(pool.submit(() -> look(object)));
    }
    long added = before.added();
    long foreign = before.foreign();
    List<String> damaged = new ArrayList<>(before.damaged());
    for (int i = 0; i < page.size(); i++) {
      switch (result(outcomes.get(i))) {
        case Outcome.Known _ -> {}
        case Outcome.Added _ -> added++;
        case Outcome.Foreign _ -> foreign++;
        case Outcome.Damaged(String why) -> damaged.add(page.get(i).key() + ": " + why);
      }
    }
    return new Progress(before.seen() + page.size(), added, foreign, damaged, page.getLast().key());
  }

  private static Outcome result(Future<Outcome> outcome) throws InterruptedException {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof VmsException vms
          ? new VmsException(vms.kind(), String.valueOf(vms.getMessage()), vms)
          : new VmsException(ErrorKind.INTERNAL, "rebuilding the index failed", e.getCause());
    }
  }

  private sealed interface Outcome {
    record Known() implements Outcome {}

    record Added() implements Outcome {}

    record Foreign() implements Outcome {}

    record Damaged(String why) implements Outcome {}
  }

  private Outcome look(ObjectInfo object) {
    Matcher key = KEY.matcher(object.key().value());
    if (!key.matches()) {
      return new Outcome.Foreign();
    }
    StreamId stream;
    try {
      stream = new StreamId(new CameraId(key.group(1)), StreamName.of(key.group(2)));
    } catch (VmsException e) {
      return new Outcome.Foreign();
    }
    if (isIndexed(stream, Instant.ofEpochMilli(Long.parseLong(key.group(3))), object.key())) {
      return new Outcome.Known();
    }
    return add(object);
  }

  private boolean isIndexed(StreamId stream, Instant start, ObjectKey key) {
    TimeRange moment = new TimeRange(start, start.plusMillis(1));
    return index.find(stream, moment, MOST_AT_A_MOMENT).stream()
        .anyMatch(segment -> segment.key().equals(key));
  }

  private Outcome add(ObjectInfo object) {
    Path file = null;
    try {
      file = Files.createTempFile(scratch, "rebuild", ".mp4");
      try (InputStream in = store.open(object.key(), 0, object.sizeBytes())) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      Segment segment = SegmentFile.stored(file);
      if (!segment.key().equals(object.key())) {
        return new Outcome.Damaged("it says that it is " + segment.key());
      }
      index.add(segment);
      return new Outcome.Added();
    } catch (VmsException e) {
      return switch (e.kind()) {
        case DATA_LOSS, UNSUPPORTED, INVALID_ARGUMENT, NOT_FOUND ->
            new Outcome.Damaged(String.valueOf(e.getMessage()));
        default -> throw e;
      };
    } catch (IOException e) {
      throw SpoolErrors.of("cannot read " + object.key(), e);
    } finally {
      delete(file);
    }
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw SpoolErrors.of("cannot remove " + file, e);
    }
  }
}
