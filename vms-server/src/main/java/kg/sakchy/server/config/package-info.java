/**
 * Reads the configuration: defaults, file, environment, in this order; unknown keys are refused.
 *
 * <p>Threads: used once, by the thread that starts the server.
 */
package kg.sakchy.server.config;
