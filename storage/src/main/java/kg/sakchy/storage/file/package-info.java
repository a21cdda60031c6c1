/**
 * Files that are whole and durable, or not there.
 *
 * <p>Threads: stateless; calls block on the disk.
 */
@NullMarked
package kg.sakchy.storage.file;

import org.jspecify.annotations.NullMarked;
