/**
 * Plays the archive to one session: walks through segments, reads units, paces and marks them.
 *
 * <p>Threads: a virtual thread for each session that plays; it blocks.
 */
package kg.sakchy.gateway.server.playback;
