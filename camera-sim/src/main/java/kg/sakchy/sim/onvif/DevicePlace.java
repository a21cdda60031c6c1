package kg.sakchy.sim.onvif;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.sim.net.SimLoop;
import kg.sakchy.sim.onvif.device.NetworkService;
import kg.sakchy.sim.onvif.device.Services;
import kg.sakchy.sim.onvif.http.HttpExchange;
import kg.sakchy.sim.onvif.http.HttpListener;
import org.jspecify.annotations.Nullable;

/**
 * Ports of a device, or its part of the shared ones, and its link to the network.
 *
 * <p>Threads: any but the loop's for {@link #cut} and {@link #restore}.
 */
final class DevicePlace implements NetworkService.DevicePorts, AutoCloseable {
  private final SimLoop loop;
  private final EventLoop eventLoop;
  private final String host;
  private final String prefix;
  private final int http;
  private final int https;
  private final @Nullable SslContext tls;
  private final @Nullable Consumer<HttpExchange> handler;
  private @Nullable HttpListener listener;
  private @Nullable HttpListener secureListener;
  private volatile boolean offline;

  private DevicePlace(
      SimLoop loop,
      String host,
      String prefix,
      int http,
      int https,
      @Nullable SslContext tls,
      @Nullable Consumer<HttpExchange> handler) {
    this.loop = loop;
    this.eventLoop = loop.group().next();
    this.host = host;
    this.prefix = prefix;
    this.http = http;
    this.https = https;
    this.tls = tls;
    this.handler = handler;
  }

  /** A path of shared ports. */
  static DevicePlace shared(SimLoop loop, String host, String prefix, int http, int https) {
    return new DevicePlace(loop, host, prefix, http, https, null, null);
  }

  /**
   * Ports of its own.
   *
   * @param tls null without HTTPS
   * @throws VmsException UNAVAILABLE if a port is taken
   */
  static DevicePlace own(
      SimLoop loop,
      SimPlacement.Own placement,
      @Nullable SslContext tls,
      Consumer<HttpExchange> handler) {
    HttpListener plain = HttpListener.bind(loop, placement.host(), placement.port(), null, handler);
    HttpListener secure =
        tls == null ? null : HttpListener.bind(loop, placement.host(), 0, tls, handler);
    DevicePlace place =
        new DevicePlace(
            loop,
            placement.host(),
            "",
            plain.port(),
            secure == null ? 0 : secure.port(),
            tls,
            handler);
    place.listener = plain;
    place.secureListener = secure;
    return place;
  }

  @Override
  public int http() {
    return http;
  }

  @Override
  public int https() {
    return https;
  }

  String host() {
    return host;
  }

  /** What stands before the paths of services; empty or beginning with a slash. */
  String prefix() {
    return prefix;
  }

  URI uri(String scheme) {
    int port = scheme.equals("https") ? https : http;
    return URI.create(scheme + "://" + host + ":" + port + prefix + Services.DEVICE_PATH);
  }

  boolean offline() {
    return offline;
  }

  synchronized void cut() {
    offline = true;
    close();
  }

  synchronized void restore() {
    if (offline && handler != null) {
      listener = HttpListener.bind(loop, host, http, null, handler);
      secureListener = tls == null ? null : HttpListener.bind(loop, host, https, tls, handler);
    }
    offline = false;
  }

  /** Closes the connections of ports of its own; at shared ports they are not told apart. */
  synchronized void disconnect() {
    if (listener != null) {
      listener.disconnect();
    }
    if (secureListener != null) {
      secureListener.disconnect();
    }
  }

  @Override
  public synchronized void close() {
    if (listener != null) {
      listener.close();
      listener = null;
    }
    if (secureListener != null) {
      secureListener.close();
      secureListener = null;
    }
  }

  /** Runs a task on the loop and waits for it, or at once if this is the loop. */
  <T> T onLoop(Callable<T> task) {
    if (eventLoop.inEventLoop()) {
      try {
        return task.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new VmsException(ErrorKind.INTERNAL, "a task of the simulator failed", e);
      }
    }
    var done = eventLoop.submit(task).awaitUninterruptibly();
    return switch (done.cause()) {
      case null -> done.getNow();
      case RuntimeException e -> throw e;
      case Throwable e ->
          throw new VmsException(ErrorKind.INTERNAL, "a task of the simulator failed", e);
    };
  }
}
