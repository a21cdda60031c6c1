/**
 * How parts of the server go on by themselves and end.
 *
 * <p>Threads: safe for use by many threads.
 */
@NullMarked
package kg.sakchy.core.lifecycle;

import org.jspecify.annotations.NullMarked;
