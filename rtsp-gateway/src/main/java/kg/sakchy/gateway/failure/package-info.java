/**
 * Why a pull failed, in words for people, and the one place where the network library's exceptions
 * become such words.
 *
 * <p>Threads: everything here is immutable.
 */
package kg.sakchy.gateway.failure;
