package kg.sakchy.recorder.spool;

import java.nio.file.Path;
import kg.sakchy.core.recording.Segment;

/**
 * A sealed segment in the spool.
 *
 * @param segment its row, in state SPOOLED
 * @param media its file
 * @param recovered whether it was found at the start, so that the index may know it already
 */
public record SpooledSegment(Segment segment, Path media, boolean recovered) {}
