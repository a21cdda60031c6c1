/**
 * Streams for viewers: opened when the first one comes, closed a while after the last one left.
 *
 * <p>Threads: any; opening blocks.
 */
package kg.sakchy.gateway.view;
