/**
 * What the recorder tells about itself in numbers.
 *
 * <p>Threads: meters may be used from any thread.
 */
package kg.sakchy.recorder.metrics;
