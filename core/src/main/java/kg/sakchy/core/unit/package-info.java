/**
 * Quantities without a subject of their own.
 *
 * <p>Threads: everything here is immutable.
 */
package kg.sakchy.core.unit;
