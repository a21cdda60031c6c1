package kg.sakchy.recorder;

import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.stream.LiveStreams;

/** What the recorder leans on. */
record RecorderPorts(
    LiveStreams live,
    CameraDirectory cameras,
    RecordingIndex index,
    GapLedger ledger,
    ObjectStore store) {}
