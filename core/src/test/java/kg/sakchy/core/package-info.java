/**
 * Test kit for every module: a clock with hands, in-memory ports, decorators that break on demand,
 * and the contract each port's implementations must keep.
 *
 * <p>Threads: everything here is safe for use by many threads.
 */
package kg.sakchy.core;
