/**
 * From the spool into the object store and the index.
 *
 * <p>Threads: a few virtual threads; everything blocks.
 */
package kg.sakchy.recorder.upload;
