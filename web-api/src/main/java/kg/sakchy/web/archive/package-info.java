/**
 * Operations on the archive: the line of time, video of a range, stills.
 *
 * <p>Threads: operations are called on virtual threads and may block; they keep no state. Streams
 * of a download are confined to the thread that reads them.
 */
package kg.sakchy.web.archive;
