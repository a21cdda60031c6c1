/**
 * The event log over HTTP: page by page, and as it grows.
 *
 * <p>Threads: operations run on virtual threads and may block; live events pass on the thread that
 * logs them, which never waits for a client.
 */
package kg.sakchy.web.event;
