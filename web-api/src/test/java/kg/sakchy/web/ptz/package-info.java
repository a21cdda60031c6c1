/**
 * Tests of what stands between a socket and a dome.
 *
 * <p>Threads: each test uses one.
 */
package kg.sakchy.web.ptz;
