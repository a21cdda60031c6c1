/**
 * Four eyes: acts that one person alone may not do. Somebody asks, somebody else approves, and what
 * was approved is used for a while, so many times. Values are immutable; ports and classes say
 * their own thread rules. See design/four-eyes.md.
 */
@NullMarked
package kg.sakchy.core.approval;

import org.jspecify.annotations.NullMarked;
