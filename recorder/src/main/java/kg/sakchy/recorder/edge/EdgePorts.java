package kg.sakchy.recorder.edge;

import kg.sakchy.core.edge.EdgeRecordings;
import kg.sakchy.core.edge.EdgeReplay;

/** What the cameras hold, and how it is played. */
public record EdgePorts(EdgeRecordings recordings, EdgeReplay replay) {}
