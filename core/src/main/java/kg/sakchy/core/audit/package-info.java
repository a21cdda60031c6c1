/**
 * Who did what: the record that nobody can rewrite unseen. Values and a port; values are immutable.
 */
@NullMarked
package kg.sakchy.core.audit;

import org.jspecify.annotations.NullMarked;
