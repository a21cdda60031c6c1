/**
 * Cameras as devices: the parts of the ONVIF adapter put together.
 *
 * <p>Threads: each class states its own rule.
 */
package kg.sakchy.server.device;
