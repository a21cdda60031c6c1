/** Tests of the hashing of passwords. */
@NullMarked
package kg.sakchy.web.account;

import org.jspecify.annotations.NullMarked;
