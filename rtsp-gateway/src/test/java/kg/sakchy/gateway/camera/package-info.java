/**
 * Cameras for tests: real sockets that follow a script, with made-up video. Threads: each
 * connection has its own virtual thread.
 */
package kg.sakchy.gateway.camera;
