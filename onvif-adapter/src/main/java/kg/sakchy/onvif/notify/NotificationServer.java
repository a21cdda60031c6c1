package kg.sakchy.onvif.notify;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kg.sakchy.core.config.NotificationConfig;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.event.NotificationReceiver;
import kg.sakchy.onvif.net.NetLoops;

/**
 * Listens for the notifications of cameras.
 *
 * <p>Threads: safe for use by many threads.
 */
public final class NotificationServer implements NotificationReceiver, AutoCloseable {
  /** For a whole request, and between two on one connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** 96 bits: nobody guesses it, and the whole address stays below 64 characters. */
  private static final int PATH_BYTES = 12;

  private static final int MAX_HEAD_BYTES = 8 * 1024;
  private static final int READ_BYTES = 8 * 1024;
  private static final int BACKLOG = 64;

  private final NetLoops loops = NetLoops.create(1, "onvif-notify");
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, Letterbox> boxes = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private final Duration patience;
  private final Channel port;
  private final ReturnAddress returnAddress;

  private NotificationServer(NotificationConfig config, Duration patience) {
    this.patience = patience;
    port = bound(config);
    returnAddress = new ReturnAddress((InetSocketAddress) port.localAddress(), config.advertise());
  }

  /**
   * Listens.
   *
   * @param config with a host
   * @throws VmsException FAILED_PRECONDITION if another program has the port, INVALID_ARGUMENT if
   *     there is no such address on this machine
   */
  public static NotificationServer listen(NotificationConfig config) {
    return listen(config, PATIENCE);
  }

  /** As {@link #listen(NotificationConfig)}, for tests that are less patient. */
  static NotificationServer listen(NotificationConfig config, Duration patience) {
    return new NotificationServer(config, patience);
  }

  private Channel bound(NotificationConfig config) {
    ConnectionLimit limit = new ConnectionLimit(refused);
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.server())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    // Lenient on purpose, as with the answers of small cameras.
                    HttpDecoderConfig lenient =
                        new HttpDecoderConfig()
                            .setMaxHeaderSize(MAX_HEAD_BYTES)
                            .setMaxChunkSize(READ_BYTES)
                            .setStrictLineParsing(false)
                            .setValidateHeaders(false)
                            .setAllowDuplicateContentLengths(true);
                    connection
                        .pipeline()
                        .addLast(limit)
                        .addLast(new HttpServerCodec(lenient))
                        .addLast(
                            new NotificationExchange(
                                NotificationServer.this::find, refused, patience));
                  }
                })
            .bind(config.host(), config.port())
            .awaitUninterruptibly();
    if (!binding.isSuccess()) {
      loops.close();
      throw unbound(config, binding.cause());
    }
    return binding.channel();
  }

  private static VmsException unbound(NotificationConfig config, Throwable cause) {
    return cause instanceof UnknownHostException
        ? new VmsException(
            ErrorKind.INVALID_ARGUMENT,
            "devices.notifications.host: there is no address for " + config.host(),
            cause)
        : new VmsException(
            ErrorKind.FAILED_PRECONDITION,
            "devices.notifications: cannot listen on port %d of %s: %s"
                .formatted(config.port(), config.host(), cause.getMessage()),
            cause);
  }

  private Optional<Letterbox> find(String path) {
    return Optional.ofNullable(boxes.get(path));
  }

  @Override
  public Mailbox open(URI camera, Consumer<byte[]> listener) {
    String host = camera.getHost();
    InetAddress[] senders;
    try {
      senders = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new VmsException(
          ErrorKind.UNAVAILABLE, "the host name of " + host + " is not known", e);
    }
    byte[] secret = new byte[PATH_BYTES];
    random.nextBytes(secret);
    String path = "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Letterbox box =
        new Letterbox(
            returnAddress.to(senders[0], path),
            Set.copyOf(Arrays.asList(senders)),
            listener,
            closed -> boxes.remove(path, closed));
    boxes.put(path, box);
    return box;
  }

  /** The port it listens on, also when the configuration said 0. */
  public int port() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  /** How many requests and connections were not taken: unknown, too large, or too many. */
  public long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    port.close().awaitUninterruptibly();
    loops.close();
  }
}
