/**
 * Recordings on the cameras themselves (Profile G), from which gaps are filled. Values and ports;
 * no threads.
 */
package kg.sakchy.core.edge;
