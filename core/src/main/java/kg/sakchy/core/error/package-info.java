/**
 * Errors with a kind: one exception type, and tables that map a kind to the answers of each
 * protocol.
 *
 * <p>Threads: everything here is immutable.
 */
package kg.sakchy.core.error;
