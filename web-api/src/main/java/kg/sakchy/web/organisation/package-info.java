/**
 * The organisation over HTTP: units, what is below them, and the cameras that belong to them.
 *
 * <p>Threads: operations run on virtual threads and may block. See design/access.md.
 */
package kg.sakchy.web.organisation;
