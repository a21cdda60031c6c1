package kg.sakchy.sim.onvif;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import kg.sakchy.sim.onvif.http.HttpExchange;
import kg.sakchy.sim.onvif.soap.SoapEnvelope;

/** Gives answers no client should trust. Threads: confined to the loop. */
final class BadAnswers {
  private static final String SOAP = "application/soap+xml; charset=utf-8";
  private static final int HUGE_BYTES = 10 << 20;
  private static final int DEPTH = 100_000;
  private static final int ENTITIES = 9;
  private static final byte[] FILLING =
      "<tt:Extension>0123456789</tt:Extension>".repeat(256).getBytes(StandardCharsets.US_ASCII);

  private BadAnswers() {}

  static void give(SimBadAnswer kind, HttpExchange exchange) {
    switch (kind) {
      case HTML -> exchange.respond(200, "text/html; charset=utf-8", page("Login"));
      case ENDLESS -> endless(exchange);
      case ENTITY_BOMB -> exchange.respond(200, SOAP, ascii(bomb()));
      case WRONG_CHARSET -> exchange.respond(200, SOAP, information("Камера").getBytes(cyrillic()));
      case HUGE -> exchange.respond(200, SOAP, huge());
      case OTHER_CAMERA -> exchange.respond(200, SOAP, ascii(information("Another")));
      case TRUNCATED -> truncated(exchange);
      case DEEP -> exchange.respond(200, SOAP, ascii(deep()));
      case EMPTY_500 -> exchange.respond(500, "", new byte[0]);
      case SILENCE -> {
        // Whoever asked must look at the clock.
      }
      case CLOSE -> exchange.close();
    }
  }

  /** A web page. */
  static byte[] page(String title) {
    return ascii(
        "<!DOCTYPE html><html><head><title>"
            + title
            + "</title><body><p>Please<br>log in & enjoy</body></html>");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Charset cyrillic() {
    return Charset.forName("windows-1251");
  }

  private static String information(String model) {
    return SoapEnvelope.of(
        "",
        "<tds:GetDeviceInformationResponse><tds:Manufacturer>Other</tds:Manufacturer><tds:Model>"
            + model
            + "</tds:Model><tds:FirmwareVersion>0</tds:FirmwareVersion><tds:SerialNumber>OTHER-1"
            + "</tds:SerialNumber><tds:HardwareId>0</tds:HardwareId>"
            + "</tds:GetDeviceInformationResponse>");
  }

  private static String bomb() {
    StringBuilder out =
        new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e0 \"ha\">");
    for (int i = 1; i <= ENTITIES; i++) {
      String inner = ("&e" + (i - 1) + ";").repeat(10);
      out.append("<!ENTITY e").append(i).append(" \"").append(inner).append("\">");
    }
    return out.append("]><x>&e").append(ENTITIES).append(";</x>").toString();
  }

  private static byte[] huge() {
    StringBuilder out = new StringBuilder(HUGE_BYTES + 1_000);
    while (out.length() < HUGE_BYTES) {
      out.append(
              "<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>onvif://x</tt:ScopeItem>")
          .append("</tds:Scopes>");
    }
    return ascii(SoapEnvelope.of("", "<tds:GetScopesResponse>" + out + "</tds:GetScopesResponse>"));
  }

  private static String deep() {
    return SoapEnvelope.of("", "<tt:x>".repeat(DEPTH) + "</tt:x>".repeat(DEPTH));
  }

  private static void truncated(HttpExchange exchange) {
    byte[] whole = ascii(information("Half"));
    Channel channel = exchange.takeOver();
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + SOAP
            + "\r\nContent-Length: "
            + whole.length
            + "\r\n\r\n";
    channel
        .writeAndFlush(
            Unpooled.wrappedBuffer(ascii(head), java.util.Arrays.copyOf(whole, whole.length / 2)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static void endless(HttpExchange exchange) {
    Channel channel = exchange.takeOver();
    String envelope = SoapEnvelope.of("", "<tds:X>");
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + SOAP
            + "\r\nConnection: close\r\n\r\n"
            + envelope.substring(0, envelope.indexOf("</s:Body>"));
    channel.writeAndFlush(Unpooled.wrappedBuffer(ascii(head)));
    more(channel);
  }

  /** The next piece goes out when the last one is gone, so that nothing piles up here. */
  private static void more(Channel channel) {
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(FILLING))
        .addListener(
            done -> {
              if (done.isSuccess()) {
                channel.eventLoop().execute(() -> more(channel));
              }
            });
  }
}
