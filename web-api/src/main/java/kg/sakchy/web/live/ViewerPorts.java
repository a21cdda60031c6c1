package kg.sakchy.web.live;

import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.time.VmsClock;

/** What viewers are served from. */
record ViewerPorts(
    LiveViews views,
    Archive archive,
    ArchiveTranscoder transcoder,
    ArchiveReads reads,
    VmsClock clock,
    LiveMetrics metrics) {}
