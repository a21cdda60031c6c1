/** An identity provider of our own, and ours against it. Threads: one, beside those of servers. */
@NullMarked
package kg.sakchy.web.oidc;

import org.jspecify.annotations.NullMarked;
