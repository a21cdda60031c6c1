package kg.sakchy.gateway.client;

import kg.sakchy.core.config.GatewayConfig;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.gateway.hub.GatewayMetrics;
import kg.sakchy.gateway.hub.GroupMemory;
import kg.sakchy.gateway.transport.Dialer;
import kg.sakchy.gateway.transport.UdpPorts;

/** What all streams of a gateway share. */
public record GatewayContext(
    GatewayConfig config,
    VmsClock clock,
    Dialer dialer,
    UdpPorts udpPorts,
    GroupMemory groups,
    GatewayMetrics metrics) {}
