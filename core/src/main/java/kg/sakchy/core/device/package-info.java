/**
 * What a camera is besides its streams: found on the network, probed, registered, kept healthy.
 * Values and ports; no threads.
 */
package kg.sakchy.core.device;
