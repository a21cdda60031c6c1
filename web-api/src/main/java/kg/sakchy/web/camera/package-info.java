/**
 * Operations on cameras: register, list, change, delete, and how they are doing.
 *
 * <p>Threads: operations are called on virtual threads and may block; they keep no state.
 */
package kg.sakchy.web.camera;
