package kg.sakchy.gateway.server.relay;

import io.netty.buffer.ByteBufAllocator;
import java.util.random.RandomGenerator;
import kg.sakchy.core.time.VmsClock;

/**
 * What all relays share.
 *
 * @param allocator of what readers get
 * @param random for the sources' numbers
 */
public record RelayContext(ByteBufAllocator allocator, VmsClock clock, RandomGenerator random) {}
