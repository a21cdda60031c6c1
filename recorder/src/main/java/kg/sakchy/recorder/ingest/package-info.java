/**
 * From a live stream to parts in the spool.
 *
 * <p>Threads: on the event loop a {@link kg.sakchy.recorder.ingest.StreamRecorder} only collects
 * units; everything else of a stream happens on its {@link kg.sakchy.recorder.ingest.Lane}, one
 * task after another on a small pool of platform threads (FFmpeg's natives would pin virtual ones).
 */
package kg.sakchy.recorder.ingest;
