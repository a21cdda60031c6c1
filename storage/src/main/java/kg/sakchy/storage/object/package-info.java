/**
 * What the object stores share.
 *
 * <p>Threads: each type states its own rule.
 */
@NullMarked
package kg.sakchy.storage.object;

import org.jspecify.annotations.NullMarked;
