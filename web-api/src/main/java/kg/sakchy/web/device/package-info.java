/**
 * Cameras as devices on the network, over HTTP: searching, probing, registering, setting up.
 *
 * <p>Threads: operations run on virtual threads and may block; a search has a thread of its own.
 */
package kg.sakchy.web.device;
