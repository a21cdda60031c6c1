/**
 * Tests of the stores against real servers, and what they share.
 *
 * <p>Threads: each type states its own rule.
 */
package kg.sakchy.storage;
