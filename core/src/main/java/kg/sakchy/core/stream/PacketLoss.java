package kg.sakchy.core.stream;

import java.time.Instant;

/**
 * Media that was sent but did not reach us whole: lost RTP packets, or access units thrown away
 * because they were malformed. Delivered before the first unit that follows it.
 *
 * @param track index into {@link StreamFormat#tracks()}
 * @param packets how many RTP packets are missing or were discarded, 1 or more
 * @param reason in words, for the gap ledger: "3 RTP packets lost"
 * @param at UTC when it was noticed
 */
public record PacketLoss(int track, long packets, String reason, Instant at) {}
