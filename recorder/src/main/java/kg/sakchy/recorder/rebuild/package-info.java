/**
 * Makes the index anew from the objects in the store (invariant 5), after the database was lost.
 *
 * <p>Threads: run by one thread, which may have helpers of its own; everything blocks.
 */
package kg.sakchy.recorder.rebuild;
