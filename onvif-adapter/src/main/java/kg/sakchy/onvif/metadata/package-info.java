/**
 * Hears the metadata that cameras send beside their pictures (ONVIF Profile M; ONVIF Streaming
 * §5.2.1.1): plates, faces, people, vehicles, and the event messages of cameras that send them only
 * there.
 *
 * <p>Threads: one virtual thread looks for streams; each camera's documents are read one after the
 * other on virtual threads, never on the loops that bring them.
 */
@NullMarked
package kg.sakchy.onvif.metadata;

import org.jspecify.annotations.NullMarked;
