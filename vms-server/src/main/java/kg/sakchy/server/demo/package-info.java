/**
 * What {@code vms demo} and {@code vms sim} show: scenes of our own.
 *
 * <p>Threads: the thread of the command; live scenes have a thread of their own each.
 */
package kg.sakchy.server.demo;
