/**
 * Four eyes over HTTP: requests, decisions, and what may be done by them.
 *
 * <p>Threads: operations run on virtual threads and may block. See design/four-eyes.md.
 */
@NullMarked
package kg.sakchy.web.approval;

import org.jspecify.annotations.NullMarked;
