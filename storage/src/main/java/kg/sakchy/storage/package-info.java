/**
 * Where the archive and the catalogue are kept: opens the object store and the database the
 * configuration names. What is below implements ports of {@code core}; nothing outside needs it.
 *
 * <p>Threads: everything opened here is safe for use by many threads; calls block.
 */
@NullMarked
package kg.sakchy.storage;

import org.jspecify.annotations.NullMarked;
