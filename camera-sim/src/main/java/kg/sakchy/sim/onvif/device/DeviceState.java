package kg.sakchy.sim.onvif.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import kg.sakchy.sim.onvif.OnvifProfile;
import kg.sakchy.sim.onvif.SimDeviceClock;
import kg.sakchy.sim.onvif.SimDeviceProfile;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.SimQuirks;
import kg.sakchy.sim.onvif.SimUser;

/**
 * What a device remembers and all its services look at.
 *
 * <p>Threads: confined to the loop, except for the counters.
 */
public final class DeviceState {
  private final SimDeviceProfile profile;
  private final SimQuirks quirks;
  private final SimDeviceClock clock;
  private final Map<String, SimUser> users = new LinkedHashMap<>();
  private final List<String> addedScopes = new ArrayList<>();
  private final List<String> ntpServers = new ArrayList<>();
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
  private final List<String> auxiliaryCommands = new ArrayList<>();
  private String hostname;
  private boolean discoverable = true;

  public DeviceState(SimDeviceProfile profile, SimQuirks quirks, SimDeviceClock clock) {
    this.profile = profile;
    this.quirks = quirks;
    this.clock = clock;
    this.hostname = profile.identity().serialNumber().toLowerCase(Locale.ROOT);
    profile.login().users().forEach(user -> users.put(user.credentials().user(), user));
  }

  public SimDeviceProfile profile() {
    return profile;
  }

  public SimQuirks quirks() {
    return quirks;
  }

  public boolean has(SimQuirk quirk) {
    return quirks.has(quirk);
  }

  public SimDeviceClock clock() {
    return clock;
  }

  /** Accounts by name; may be changed. */
  public Map<String, SimUser> users() {
    return users;
  }

  /** The endpoint reference's UUID: the same for a serial number, whatever the address. */
  public UUID endpoint() {
    return UUID.nameUUIDFromBytes(
        profile.identity().serialNumber().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A locally administered address made of the serial number. */
  public String hardwareAddress() {
    long bits = endpoint().getLeastSignificantBits();
    return String.format(
        Locale.ROOT,
        "02:%02x:%02x:%02x:%02x:%02x",
        bits & 0xff,
        bits >> 8 & 0xff,
        bits >> 16 & 0xff,
        bits >> 24 & 0xff,
        bits >> 32 & 0xff);
  }

  /** Scopes that are part of the device. */
  public List<String> fixedScopes() {
    List<String> scopes = new ArrayList<>();
    scopes.add("onvif://www.onvif.org/type/Network_Video_Transmitter");
    scopes.add("onvif://www.onvif.org/type/video_encoder");
    if (profile.ptz() != null) {
      scopes.add("onvif://www.onvif.org/type/ptz");
    }
    for (OnvifProfile claimed : OnvifProfile.values()) {
      if (profile.has(claimed)) {
        scopes.add("onvif://www.onvif.org/Profile/" + claimed.scope().replace("Profile/", ""));
      }
    }
    scopes.add("onvif://www.onvif.org/hardware/" + encoded(profile.identity().model()));
    scopes.add("onvif://www.onvif.org/name/" + encoded(profile.identity().name()));
    scopes.add("onvif://www.onvif.org/location/" + encoded(profile.identity().location()));
    return scopes;
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  /** Scopes somebody added; may be changed. */
  public List<String> addedScopes() {
    return addedScopes;
  }

  /** Time servers somebody set; may be changed. */
  public List<String> ntpServers() {
    return ntpServers;
  }

  public String hostname() {
    return hostname;
  }

  public void setHostname(String name) {
    hostname = name;
  }

  public boolean discoverable() {
    return discoverable;
  }

  public void setDiscoverable(boolean on) {
    discoverable = on;
  }

  /** Auxiliary commands sent so far, the last ones first; at most 100. */
  public List<String> auxiliaryCommands() {
    return auxiliaryCommands;
  }

  /** A known auxiliary command is carried out. */
  public void auxiliary(String command) {
    auxiliaryCommands.addFirst(command);
    if (auxiliaryCommands.size() > 100) {
      auxiliaryCommands.removeLast();
    }
  }

  /** An operation was asked for. */
  public void count(String operation) {
    calls.computeIfAbsent(operation, key -> new AtomicLong()).incrementAndGet();
  }

  /** How often an operation was asked for, refusals included; any thread. */
  public long calls(String operation) {
    AtomicLong count = calls.get(operation);
    return count == null ? 0 : count.get();
  }
}
