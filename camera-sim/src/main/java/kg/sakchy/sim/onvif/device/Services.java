package kg.sakchy.sim.onvif.device;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.sim.onvif.OnvifProfile;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.soap.Ns;

/**
 * Services of a device and their addresses.
 *
 * @param path behind the device's prefix
 */
public record Services(Ns namespace, String path, int major, int minor) {
  public static final String DEVICE_PATH = "/onvif/device_service";
  public static final String EVENT_PATH = "/onvif/event_service";
  public static final String PTZ_PATH = "/onvif/ptz_service";

  /** What a device lists, the device service first. */
  public static List<Services> of(DeviceState device) {
    List<Services> services = new ArrayList<>();
    services.add(new Services(Ns.DEVICE, DEVICE_PATH, 22, 12));
    services.add(new Services(Ns.MEDIA, "/onvif/media_service", 22, 6));
    if (device.profile().has(OnvifProfile.T) || device.profile().has(OnvifProfile.M)) {
      services.add(new Services(Ns.MEDIA2, "/onvif/media2_service", 22, 12));
      services.add(new Services(Ns.IMAGING, "/onvif/imaging_service", 22, 6));
    }
    services.add(new Services(Ns.EVENTS, EVENT_PATH, 22, 6));
    services.add(new Services(Ns.DEVICE_IO, "/onvif/deviceio_service", 22, 6));
    if (device.profile().ptz() != null || device.has(SimQuirk.PTZ_LISTED_ON_FIXED)) {
      services.add(new Services(Ns.PTZ, PTZ_PATH, 22, 12));
    }
    if (device.profile().has(OnvifProfile.M)) {
      services.add(new Services(Ns.ANALYTICS, "/onvif/analytics_service", 22, 12));
    }
    if (device.profile().has(OnvifProfile.G)) {
      services.add(new Services(Ns.RECORDING, "/onvif/recording_service", 22, 6));
      services.add(new Services(Ns.SEARCH, "/onvif/search_service", 22, 12));
      services.add(new Services(Ns.REPLAY, "/onvif/replay_service", 21, 12));
    }
    return services;
  }

  /** The address as the device gives it to a client, which a quirk may spoil. */
  public static String address(DeviceState device, URI base, String path) {
    return spoiled(device, base) + path;
  }

  /** The address of a stream, spoiled likewise. */
  public static String streamAddress(DeviceState device, URI stream) {
    String query = stream.getRawQuery() == null ? "" : "?" + stream.getRawQuery();
    return spoiled(device, stream) + query;
  }

  private static String spoiled(DeviceState device, URI base) {
    String host = base.getHost();
    if (device.has(SimQuirk.XADDR_LAN)) {
      host = "192.168.1.64";
    } else if (device.has(SimQuirk.XADDR_ZERO)) {
      host = "0.0.0.0";
    } else if (device.has(SimQuirk.XADDR_LOOPBACK)) {
      host = "127.0.0.1";
    } else if (device.has(SimQuirk.XADDR_CUT)) {
      host = host.substring(0, host.length() - 1);
    }
    String port = base.getPort() < 0 ? "" : ":" + base.getPort();
    return base.getScheme() + "://" + host + port + base.getPath();
  }
}
