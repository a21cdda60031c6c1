package kg.sakchy.gateway.webrtc.session;

import java.util.function.BooleanSupplier;
import kg.sakchy.core.stream.StreamFormat;
import kg.sakchy.gateway.webrtc.sdp.ChosenTrack;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed on with a player.
 *
 * @param format of the stream when it asked
 * @param video how its pictures are sent
 * @param videoSsrc of their packets
 * @param audio how its sound is sent, or null
 * @param audioSsrc of its packets
 * @param cname of both
 * @param allowed whether the player may see it now; quick
 */
public record SessionPlan(
    StreamFormat format,
    ChosenTrack video,
    int videoSsrc,
    @Nullable ChosenTrack audio,
    int audioSsrc,
    String cname,
    BooleanSupplier allowed) {}
