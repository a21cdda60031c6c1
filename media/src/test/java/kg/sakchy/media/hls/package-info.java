/**
 * Tests of playlists and of the cut.
 *
 * <p>Threads: each test on its own.
 */
package kg.sakchy.media.hls;
