/**
 * The command line: {@code vms serve | demo | sim | bench}.
 *
 * <p>Threads: the main thread parses and runs the command.
 */
package kg.sakchy.server.cli;
