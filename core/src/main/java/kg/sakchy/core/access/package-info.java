/**
 * Who may see what: what somebody shows at the door, the rights behind it, and the rights that
 * travel in an address. Values are immutable; ports say their own thread rules.
 */
@NullMarked
package kg.sakchy.core.access;

import org.jspecify.annotations.NullMarked;
