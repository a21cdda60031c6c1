package kg.sakchy.recorder.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;

/** The recorder's meters. Labels have few values: never a camera. */
public final class RecorderMetrics {
  private final MeterRegistry registry;

  public final Counter partsWritten;
  public final Counter bytesWritten;
  public final Counter partsDropped;
  public final Counter segmentsSealed;
  public final Counter segmentsRecovered;
  public final Counter segmentsUploaded;
  public final Counter runs;
  public final Counter soundDropped;
  public final Counter segmentsExpired;
  public final Counter bytesFreed;
  public final Counter fetchedBytes;
  public final Counter filledSeconds;
  public final Counter filledSegments;
  public final Timer partWrite;
  public final Timer upload;

  public RecorderMetrics(MeterRegistry registry) {
    this.registry = registry;
    partsWritten = counter("parts.written", "parts appended to spool files");
    bytesWritten = counter("written.bytes", "bytes appended to spool files");
    partsDropped = counter("parts.dropped", "parts thrown away; each is in a gap with its cause");
    segmentsSealed = counter("segments.sealed", "segments finished in the spool");
    segmentsRecovered = counter("segments.recovered", "segments saved after a crash");
    segmentsUploaded = counter("segments.uploaded", "segments stored and indexed");
    runs = counter("runs", "runs begun: connections, changes of format, jumps of time");
    soundDropped = counter("sound.dropped", "units of sound left out because their time was wrong");
    segmentsExpired = counter("segments.expired", "segments removed by retention");
    bytesFreed = counter("expired.bytes", "bytes removed by retention");
    fetchedBytes = counter("edge.fetched.bytes", "media fetched from cameras' own recordings");
    filledSeconds = counter("edge.filled.seconds", "seconds of gaps filled from cameras");
    filledSegments = counter("edge.filled.segments", "segments filled from cameras");
    partWrite = timer("part.write", "time to mux, hash and append one part");
    upload = timer("upload", "time to store and index one segment");
  }

  /** A gap was noted, once for each time it is put. */
  public void gapPut(GapCause cause) {
    Counter.builder("sakchy.recorder.gaps.put")
        .description("gaps written to the ledger, also when they only grew")
        .tag("cause", cause.code())
        .register(registry)
        .increment();
  }

  /** An attempt to fill a gap from a camera's recording ended. */
  public void fillEnded(String outcome) {
    Counter.builder("sakchy.recorder.edge.fills")
        .description("attempts to fill a gap from a camera's recording, by how they ended")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  /** An attempt to store or index a segment failed. */
  public void uploadFailed(ErrorKind kind) {
    Counter.builder("sakchy.recorder.upload.failures")
        .description("failed attempts to store or index a segment")
        .tag("kind", kind.code())
        .register(registry)
        .increment();
  }

  /** Registers a value that is read when somebody asks. */
  public void gauge(String name, String unit, String description, Supplier<Number> value) {
    Gauge.builder("sakchy.recorder." + name, value)
        .description(description)
        .baseUnit(unit)
        .strongReference(true)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("sakchy.recorder." + name).description(description).register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder("sakchy.recorder." + name).description(description).register(registry);
  }
}
