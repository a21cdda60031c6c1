/**
 * G.711, A-law and mu-law (RFC 3551 §4.5.14).
 *
 * <p>Threads: depacketizer and packetizer are confined to one thread.
 */
package kg.sakchy.media.codec.g711;
