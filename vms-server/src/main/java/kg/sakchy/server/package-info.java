/**
 * The server as a whole: wiring and lifecycle. The only module that sees all others.
 *
 * <p>Threads: start and stop are called by one thread, the one that runs the command.
 */
package kg.sakchy.server;
