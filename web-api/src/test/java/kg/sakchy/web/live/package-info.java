/**
 * Tests of what lies behind the media socket.
 *
 * <p>Threads: each test one.
 */
package kg.sakchy.web.live;
