/**
 * Measurements that anyone can repeat: {@code vms bench}. Figures go to {@code
 * design/performance.md}.
 *
 * <p>Threads: one thread drives a measurement.
 */
package kg.sakchy.server.bench;
