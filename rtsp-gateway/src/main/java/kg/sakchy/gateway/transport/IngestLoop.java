package kg.sakchy.gateway.transport;

import io.netty.channel.EventLoop;

/**
 * An event loop and its tick. All of a camera happens on one of these.
 *
 * @param executor the loop's thread
 * @param ticker confined to it
 * @param pace confined to it
 */
public record IngestLoop(EventLoop executor, LoopTicker ticker, LoopPace pace) {}
