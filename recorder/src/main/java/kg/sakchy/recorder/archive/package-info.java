/**
 * Reads the spool and the store as one archive.
 *
 * <p>Threads: safe for use by many; calls block.
 */
package kg.sakchy.recorder.archive;
