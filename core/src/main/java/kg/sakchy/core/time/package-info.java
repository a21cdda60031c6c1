/**
 * Time: the clock port, ranges of UTC and media time. The rules are in {@code design/time.md}.
 *
 * <p>Threads: values are immutable; clocks are safe for use by many threads.
 */
package kg.sakchy.core.time;
