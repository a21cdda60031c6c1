/**
 * Secrets that are kept: encrypted before they reach the database or a file, with a key that is in
 * neither.
 *
 * <p>Threads: everything here is safe for use by many threads.
 */
@NullMarked
package kg.sakchy.storage.secret;

import org.jspecify.annotations.NullMarked;
