/**
 * Steering: commands, position, and the port through which operators reach a dome. Values and
 * ports; no threads.
 */
package kg.sakchy.core.ptz;
