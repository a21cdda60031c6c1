/**
 * Serves the console: the files that module web-console brings. See {@code design/console.md}.
 *
 * <p>Threads: everything is read when the server starts and does not change; any thread.
 */
package kg.sakchy.web.console;
