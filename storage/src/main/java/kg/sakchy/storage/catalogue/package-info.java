/**
 * The ports of cameras, devices, recordings, gaps, events and imports on PostgreSQL; connecting,
 * losing and finding the database again. Times in the database are microseconds, cut off, not
 * rounded: {@link kg.sakchy.storage.catalogue.Micros}.
 *
 * <p>Threads: safe for use by many threads unless a type says otherwise; calls block on the
 * database.
 */
@NullMarked
package kg.sakchy.storage.catalogue;

import org.jspecify.annotations.NullMarked;
