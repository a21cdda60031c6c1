/**
 * How late live pictures are in a browser and how soon recorded ones are there: {@code
 * design/performance.md} tells the commands.
 *
 * <p>Threads: one that measures; the picture source has its own.
 */
package kg.sakchy.server.bench.live;
