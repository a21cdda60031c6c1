/**
 * A PostgreSQL server of our own below the data directory, for installations without a database
 * server.
 *
 * <p>Threads: each type states its own rule.
 */
@NullMarked
package kg.sakchy.storage.embedded;

import org.jspecify.annotations.NullMarked;
