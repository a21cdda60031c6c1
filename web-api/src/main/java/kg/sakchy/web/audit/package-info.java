/**
 * What people do over the web, recorded, and the records shown to auditors. See {@code
 * design/audit.md}.
 *
 * <p>Threads: safe for use by many threads; calls block on the database.
 */
@NullMarked
package kg.sakchy.web.audit;

import org.jspecify.annotations.NullMarked;
