package kg.sakchy.sim.onvif.media;

import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the operations of a service, and fails them all while the device has a quirk.
 *
 * @param instead what answers then, or null to fail
 */
public record BrokenService(DeviceState device, SimQuirk quirk, @Nullable SoapService instead)
    implements SoapService {
  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    if (!device.has(quirk)) {
      return null;
    }
    if (instead == null) {
      throw SoapFault.actionNotSupported(call.operation());
    }
    return call.operation().equals("GetProfiles") ? instead.answer(call) : null;
  }

  /** A service whose every operation is not implemented. */
  public static BrokenService of(DeviceState device, SimQuirk quirk) {
    return new BrokenService(device, quirk, null);
  }
}
