/**
 * Objects as files below one directory: linked or copied, synced, renamed into place.
 *
 * <p>Threads: safe for use by many threads; calls block on the disk.
 */
@NullMarked
package kg.sakchy.storage.object.fs;

import org.jspecify.annotations.NullMarked;
