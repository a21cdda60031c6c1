/**
 * Who did what: the record that nobody can rewrite unseen, and what goes on for a while as few
 * records. Values are immutable; ports and classes say their own thread rules.
 */
@NullMarked
package kg.sakchy.core.audit;

import org.jspecify.annotations.NullMarked;
