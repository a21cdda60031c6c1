/**
 * Roles over HTTP, and who has them where.
 *
 * <p>Threads: operations run on virtual threads and may block. See design/access.md.
 */
package kg.sakchy.web.role;
