package kg.sakchy.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * One transport of a Transport field (RFC 2326 §12.39).
 *
 * @param tcp whether RTP is interleaved in the RTSP connection
 * @param multicast whether it goes to a group; without a word on it, we take it for unicast
 * @param interleaved channels, or null
 * @param clientPort where the client receives, or null
 * @param serverPort where the server sends from, or null
 * @param source address the server sends from, if it is another one, or null
 * @param ssrc of the sender, in its 32 bits, or null; malformed ones count as missing
 */
public record TransportHeader(
    boolean tcp,
    boolean multicast,
    @Nullable PortPair interleaved,
    @Nullable PortPair clientPort,
    @Nullable PortPair serverPort,
    @Nullable String source,
    @Nullable Integer ssrc) {
  /** Asks for, or agrees to, interleaved frames. */
  public static TransportHeader ofChannels(PortPair channels) {
    return new TransportHeader(true, false, channels, null, null, null, null);
  }

  /** Asks for datagrams to the client's ports. */
  public static TransportHeader ofClientPorts(PortPair ports) {
    return new TransportHeader(false, false, null, ports, null, null, null);
  }

  /** The same transport, completed by the server. */
  public TransportHeader answered(@Nullable PortPair serverPorts, int senderSsrc) {
    return new TransportHeader(
        tcp, multicast, interleaved, clientPort, serverPorts, source, senderSsrc);
  }

  /**
   * Reads the first transport of a field.
   *
   * @throws VmsException UNSUPPORTED if it is not RTP/AVP over UDP or TCP
   */
  public static TransportHeader parse(String value) {
    List<TransportHeader> all = parseAll(value);
    if (all.isEmpty()) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "a transport that is not RTP/AVP")
          .with("transport", value.length() > 64 ? value.substring(0, 64) : value);
    }
    return all.getFirst();
  }

  /** Reads all transports that are RTP/AVP over UDP or TCP, in their order. */
  public static List<TransportHeader> parseAll(String value) {
    List<TransportHeader> transports = new ArrayList<>();
    for (String specification : value.split(",", -1)) {
      TransportHeader transport = parseOne(specification);
      if (transport != null) {
        transports.add(transport);
      }
    }
    return transports;
  }

  private static @Nullable TransportHeader parseOne(String specification) {
    String[] parts = specification.split(";", -1);
    String protocol = parts[0].strip().toUpperCase(Locale.ROOT);
    boolean tcp = protocol.equals("RTP/AVP/TCP");
    if (!tcp && !protocol.equals("RTP/AVP") && !protocol.equals("RTP/AVP/UDP")) {
      return null;
    }
    boolean multicast = false;
    PortPair interleaved = null;
    PortPair clientPort = null;
    PortPair serverPort = null;
    String source = null;
    Integer ssrc = null;
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
      String text = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
      switch (name.toLowerCase(Locale.ROOT)) {
        case "multicast" -> multicast = true;
        case "interleaved" -> interleaved = PortPair.parse(text).orElse(null);
        case "client_port" -> clientPort = PortPair.parse(text).orElse(null);
        case "server_port" -> serverPort = PortPair.parse(text).orElse(null);
        case "source" -> source = text.isEmpty() ? null : text;
        case "ssrc" -> ssrc = hex(text);
        default -> {
          // unicast, destination, ttl, mode, layers, append: nothing in them matters here
        }
      }
    }
    return new TransportHeader(tcp, multicast, interleaved, clientPort, serverPort, source, ssrc);
  }

  private static @Nullable Integer hex(String text) {
    return text.matches("[0-9A-Fa-f]{1,8}") ? Integer.parseUnsignedInt(text, 16) : null;
  }

  /** The field's value. */
  public String format() {
    StringBuilder out = new StringBuilder(tcp ? "RTP/AVP/TCP" : "RTP/AVP");
    out.append(multicast ? ";multicast" : ";unicast");
    append(out, "interleaved", interleaved);
    append(out, "client_port", clientPort);
    append(out, "server_port", serverPort);
    if (source != null) {
      out.append(";source=").append(source);
    }
    if (ssrc != null) {
      out.append(";ssrc=").append(String.format(Locale.ROOT, "%08X", ssrc));
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String name, @Nullable PortPair pair) {
    if (pair != null) {
      out.append(';').append(name).append('=').append(pair.format());
    }
  }
}
