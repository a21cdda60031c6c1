/**
 * The catalogue's schema: numbered SQL files beside this package, applied in order, never changed
 * once released.
 *
 * <p>Threads: one migration at a time, over all servers of a database.
 */
@NullMarked
package kg.sakchy.storage.migration;

import org.jspecify.annotations.NullMarked;
