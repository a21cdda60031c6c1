/**
 * The administrator's first page: cameras, their state, a still, the last minute and the last day.
 *
 * <p>Threads: everything is read when the server starts and does not change; any thread.
 */
package kg.sakchy.web.page;
