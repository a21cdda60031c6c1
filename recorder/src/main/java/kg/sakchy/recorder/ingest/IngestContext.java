package kg.sakchy.recorder.ingest;

import kg.sakchy.core.config.RecordingConfig;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.recorder.gap.GapSink;
import kg.sakchy.recorder.metrics.RecorderMetrics;
import kg.sakchy.recorder.spool.Spool;
import kg.sakchy.recorder.spool.SpoolGate;

/** What all streams share. */
public record IngestContext(
    RecordingConfig config,
    VmsClock clock,
    Spool spool,
    SpoolGate gate,
    MemoryBudget budget,
    GapSink gaps,
    RecorderMetrics metrics) {}
