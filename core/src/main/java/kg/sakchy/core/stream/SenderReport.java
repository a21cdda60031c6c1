package kg.sakchy.core.stream;

import java.time.Instant;

/**
 * The camera's word on what its RTP time means (RFC 3550 §6.4.1).
 *
 * @param track index into {@link StreamFormat#tracks()}
 * @param rtpTicks the report's RTP time, unwrapped on the same line as {@link AccessUnit#pts()}
 * @param ntp the camera's clock at that moment; cameras' clocks can be wrong
 * @param arrival when the report was read
 * @param arrivalNanos the same moment on the monotonic clock
 */
public record SenderReport(
    int track, long rtpTicks, Instant ntp, Instant arrival, long arrivalNanos) {}
