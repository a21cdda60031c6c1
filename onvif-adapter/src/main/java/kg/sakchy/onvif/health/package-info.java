/**
 * Looks after registered cameras: do they answer, take the login, keep their time; changes are
 * events.
 *
 * <p>Threads: one virtual thread walks through the cameras; checks run on virtual threads of their
 * own, few at a time.
 */
@NullMarked
package kg.sakchy.onvif.health;

import org.jspecify.annotations.NullMarked;
