/**
 * The web server under test: real HTTP against real sockets, ports from memory.
 *
 * <p>Threads: each test starts and closes its own server.
 */
package kg.sakchy.web;
