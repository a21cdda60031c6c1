package kg.sakchy.gateway.server.session;

import java.util.concurrent.Executor;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.limit.ConnectionCount;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.server.access.Entrance;
import kg.sakchy.gateway.server.delivery.DatagramSockets;
import kg.sakchy.gateway.server.delivery.ServerMetrics;
import kg.sakchy.gateway.server.playback.PlaybackContext;
import kg.sakchy.gateway.server.relay.Relays;

/**
 * What all connections share.
 *
 * @param acts records who watches
 * @param blocking runs what may block, on virtual threads
 */
public record ServerContext(
    LiveViews views,
    LastingActs acts,
    Entrance entrance,
    ServerLimits limits,
    VmsClock clock,
    ServerMetrics metrics,
    Relays relays,
    PlaybackContext playback,
    DatagramSockets datagrams,
    ConnectionCount connections,
    Executor blocking) {}
