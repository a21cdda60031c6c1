package kg.sakchy.gateway.server.playback;

import java.time.Instant;

/**
 * A unit read from the archive.
 *
 * @param track its index in the offer
 * @param at when it was taken
 * @param decodeAt not after {@code at}; rises within a track
 * @param keyFrame whether decoding can begin here
 * @param data as {@link kg.sakchy.core.stream.AccessUnit#data()}
 */
@SuppressWarnings("ArrayRecordComponent") // media is handed on, never compared
record ArchivedUnit(int track, Instant at, Instant decodeAt, boolean keyFrame, byte[] data) {}
