/**
 * Registering cameras from tables, over HTTP.
 *
 * <p>Threads: operations run on virtual threads and may block; they keep no state.
 */
package kg.sakchy.web.imports;
