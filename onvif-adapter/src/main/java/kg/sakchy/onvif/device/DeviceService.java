package kg.sakchy.onvif.device;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.onvif.soap.DeviceSession;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlCursor;
import kg.sakchy.onvif.soap.XmlFragment;
import kg.sakchy.onvif.soap.XmlTemplate;

/**
 * The device service of one camera (ONVIF Core §8). Services and the clock are the {@link
 * DeviceSession}'s own business.
 *
 * <p>Threads: safe for use by many threads; calls block. Fails as the session does.
 *
 * @param session with the camera
 */
public record DeviceService(DeviceSession session) {
  /** Cameras were seen to need up to half a minute until a new password counts. */
  private static final Duration PASSWORD_GRACE = Duration.ofSeconds(30);

  private static final int MAX_SCOPES = 256;

  private static final XmlTemplate NTP =
      XmlTemplate.of(
          "<tds:FromDHCP>false</tds:FromDHCP><tds:NTPManual><tt:Type>{}</tt:Type><tt:{}>{}</tt:{}>"
              + "</tds:NTPManual>");
  private static final XmlTemplate USER =
      XmlTemplate.of(
          "<tds:User><tt:Username>{}</tt:Username><tt:Password>{}</tt:Password>"
              + "<tt:UserLevel>{}</tt:UserLevel></tds:User>");
  private static final XmlTemplate CLOCK =
      XmlTemplate.of(
          "<tds:DateTimeType>{}</tds:DateTimeType><tds:DaylightSavings>false</tds:DaylightSavings>{}{}");
  private static final XmlTemplate ZONE =
      XmlTemplate.of("<tds:TimeZone><tt:TZ>{}</tt:TZ></tds:TimeZone>");
  private static final XmlTemplate UTC =
      XmlTemplate.of(
          "<tds:UTCDateTime><tt:Time><tt:Hour>{}</tt:Hour><tt:Minute>{}</tt:Minute>"
              + "<tt:Second>{}</tt:Second></tt:Time><tt:Date><tt:Year>{}</tt:Year>"
              + "<tt:Month>{}</tt:Month><tt:Day>{}</tt:Day></tt:Date></tds:UTCDateTime>");
  private static final XmlTemplate HOSTNAME = XmlTemplate.of("<tds:Name>{}</tds:Name>");

  /** Levels of users (ONVIF Core §8.4.1) that are given here. */
  public enum UserLevel {
    ADMINISTRATOR("Administrator"),
    OPERATOR("Operator"),
    USER("User");

    private final String word;

    UserLevel(String word) {
      this.word = word;
    }
  }

  public DeviceInformation information() {
    return get("GetDeviceInformation", DeviceInformation::read);
  }

  /** Its WS-Discovery endpoint reference, or empty. */
  public String endpointReference() {
    return get("GetEndpointReference", response -> response.enter("GUID") ? response.text() : "");
  }

  /** Scopes as the camera writes them. */
  public List<String> scopes() {
    return get(
        "GetScopes",
        response -> {
          List<String> scopes = new ArrayList<>();
          for (XmlCursor scope : response.children()) {
            if (scopes.size() < MAX_SCOPES && scope.enter("ScopeItem")) {
              scopes.add(scope.text());
            }
          }
          return List.copyOf(scopes);
        });
  }

  /** Hardware address of the first network interface that has one. */
  public Optional<String> hardwareAddress() {
    return get(
        "GetNetworkInterfaces",
        response -> {
          for (XmlCursor card : response.children()) {
            if (card.enter("Info") && card.enter("HwAddress")) {
              String address = card.text();
              if (!address.isEmpty()) {
                return Optional.of(address.toLowerCase(Locale.ROOT).replace('-', ':'));
              }
            }
          }
          return Optional.empty();
        });
  }

  /** The protocols it serves. */
  public List<NetworkProtocol> networkProtocols() {
    return get(
        "GetNetworkProtocols",
        response -> {
          List<NetworkProtocol> protocols = new ArrayList<>();
          for (XmlCursor protocol : response.children()) {
            protocols.add(protocol(protocol));
          }
          return List.copyOf(protocols);
        });
  }

  private static NetworkProtocol protocol(XmlCursor protocol) {
    String name = "";
    boolean enabled = false;
    int port = 0;
    for (XmlCursor field : protocol.children()) {
      switch (field.name()) {
        case "Name" -> name = field.text().toUpperCase(Locale.ROOT);
        case "Enabled" -> enabled = field.flag();
        case "Port" -> {
          int given = field.integer().orElse(0);
          port = port == 0 ? given : port;
        }
        default -> {
          // extensions
        }
      }
    }
    return new NetworkProtocol(name, enabled, port);
  }

  /** Names of its users; cameras give no passwords out. */
  public List<String> users() {
    return get(
        "GetUsers",
        response -> {
          List<String> users = new ArrayList<>();
          for (XmlCursor user : response.children()) {
            if (user.enter("Username")) {
              users.add(user.text());
            }
          }
          return List.copyOf(users);
        });
  }

  public String hostname() {
    return get(
        "GetHostname",
        response ->
            response.enter("HostnameInformation") && response.enter("Name") ? response.text() : "");
  }

  public void setHostname(String name) {
    set("SetHostname", HOSTNAME.fill(name));
  }

  /** Makes a user. */
  public void createUser(Credentials user, UserLevel level) {
    set("CreateUsers", USER.fill(user.user(), user.password(), level.word));
  }

  /**
   * Changes a user's password and level. If it is the user we log in as, the session goes on with
   * the new password, and for a while also takes the old one for an answer.
   */
  public void setUser(Credentials user, UserLevel level) {
    set("SetUser", USER.fill(user.user(), user.password(), level.word));
    Credentials own = session.login().credentials();
    if (own != null && own.user().equals(user.user())) {
      session.login().changed(user, PASSWORD_GRACE);
    }
  }

  /**
   * Makes it keep its time by a server. A list of servers alone does not switch the clock over, so
   * its mode is set too.
   *
   * @param server name or address
   * @param timeZone POSIX form it has now, or empty
   */
  public void followNtp(String server, String timeZone) {
    boolean v4 = NetUtil.isValidIpV4Address(server);
    boolean v6 = !v4 && NetUtil.isValidIpV6Address(server);
    String type = v4 ? "IPv4" : v6 ? "IPv6" : "DNS";
    XmlFragment element = new XmlFragment(v4 ? "IPv4Address" : v6 ? "IPv6Address" : "DNSname");
    set("SetNTP", NTP.fill(type, element, server, element));
    set("SetSystemDateAndTime", CLOCK.fill("NTP", zone(timeZone), XmlFragment.EMPTY));
    session.cameraClock().forget();
  }

  /**
   * Sets its clock by hand.
   *
   * @param timeZone POSIX form it has now, or empty
   */
  public void setClock(Instant now, String timeZone) {
    ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
    XmlFragment time =
        UTC.fill(
            utc.getHour(),
            utc.getMinute(),
            utc.getSecond(),
            utc.getYear(),
            utc.getMonthValue(),
            utc.getDayOfMonth());
    set("SetSystemDateAndTime", CLOCK.fill("Manual", zone(timeZone), time));
    session.cameraClock().forget();
  }

  private static XmlFragment zone(String timeZone) {
    return timeZone.isEmpty() ? XmlFragment.EMPTY : ZONE.fill(timeZone);
  }

  private <T> T get(String operation, Function<XmlCursor, T> reader) {
    return session.call(SoapRequest.of(OnvifService.DEVICE, operation), reader);
  }

  private void set(String operation, XmlFragment parameters) {
    session.call(SoapRequest.of(OnvifService.DEVICE, operation, parameters), XmlCursor::name);
  }
}
