/** The rules of the contract, read and refused. Threads: one. */
@NullMarked
package kg.sakchy.web.access;

import org.jspecify.annotations.NullMarked;
