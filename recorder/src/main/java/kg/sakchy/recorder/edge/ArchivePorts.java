package kg.sakchy.recorder.edge;

import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;

/** What is stored, and what is missing. */
public record ArchivePorts(RecordingIndex index, GapLedger ledger) {}
