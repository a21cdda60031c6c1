/**
 * Cameras, their streams and the directory that holds them.
 *
 * <p>Threads: values are immutable; each port states its own rule.
 */
package kg.sakchy.core.camera;
