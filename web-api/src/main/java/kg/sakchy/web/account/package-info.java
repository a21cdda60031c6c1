/**
 * Who comes in: signing in and out, accounts, API tokens, and the hashing of passwords. See {@code
 * design/accounts.md}.
 *
 * <p>Threads: operations run on virtual threads and may block; passwords are hashed on threads of
 * their own.
 */
@NullMarked
package kg.sakchy.web.account;

import org.jspecify.annotations.NullMarked;
