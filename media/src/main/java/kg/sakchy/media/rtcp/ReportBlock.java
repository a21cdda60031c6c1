package kg.sakchy.media.rtcp;

/**
 * What one receiver knows of one source (RFC 3550 §6.4.1).
 *
 * @param ssrc the source
 * @param fractionLost of the packets since the last report, in 1/256
 * @param cumulativeLost packets lost in all, -2^23 to 2^23 - 1; duplicates can make it negative
 * @param highestSequence extended highest sequence number received, 0 to 2^32 - 1
 * @param jitter of arrival in ticks of the RTP clock, 0 to 2^32 - 1
 * @param lastSenderReport middle 32 bits of the NTP time of the source's last report, or 0
 * @param delaySinceLastSenderReport in 1/65536 s
 */
public record ReportBlock(
    int ssrc,
    int fractionLost,
    int cumulativeLost,
    long highestSequence,
    long jitter,
    long lastSenderReport,
    long delaySinceLastSenderReport) {}
