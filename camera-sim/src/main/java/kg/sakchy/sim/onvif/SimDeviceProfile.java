package kg.sakchy.sim.onvif;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kind of device to simulate.
 *
 * @param identity who it says it is
 * @param profiles ONVIF profiles; without T there is no media2 service, without G no recording
 * @param streams media profiles, the main one first; may be empty
 * @param ptz its head, or null for a fixed camera
 * @param login who may talk to it
 * @param digitalInputs how many, also relay outputs
 */
public record SimDeviceProfile(
    SimIdentity identity,
    Set<OnvifProfile> profiles,
    List<SimStream> streams,
    @Nullable PtzSpec ptz,
    SimLogin login,
    int digitalInputs) {

  public SimDeviceProfile {
    profiles = Set.copyOf(profiles);
    streams = List.copyOf(streams);
  }

  /** A fixed camera of profiles S and T that lets everybody in. */
  public static SimDeviceProfile of(String name, SimStream... streams) {
    return new SimDeviceProfile(
        SimIdentity.of(name),
        EnumSet.of(OnvifProfile.S, OnvifProfile.T),
        List.of(streams),
        null,
        SimLogin.none(),
        1);
  }

  public boolean has(OnvifProfile profile) {
    return profiles.contains(profile);
  }

  public SimDeviceProfile withIdentity(SimIdentity newIdentity) {
    return new SimDeviceProfile(newIdentity, profiles, streams, ptz, login, digitalInputs);
  }

  public SimDeviceProfile withProfiles(OnvifProfile first, OnvifProfile... others) {
    return new SimDeviceProfile(
        identity, EnumSet.of(first, others), streams, ptz, login, digitalInputs);
  }

  /** With one more stream behind the others. */
  public SimDeviceProfile withStream(SimStream stream) {
    List<SimStream> more = new ArrayList<>(streams);
    more.add(stream);
    return new SimDeviceProfile(identity, profiles, more, ptz, login, digitalInputs);
  }

  public SimDeviceProfile withPtz(PtzSpec newPtz) {
    return new SimDeviceProfile(identity, profiles, streams, newPtz, login, digitalInputs);
  }

  public SimDeviceProfile withLogin(SimLogin newLogin) {
    return new SimDeviceProfile(identity, profiles, streams, ptz, newLogin, digitalInputs);
  }

  public SimDeviceProfile withDigitalInputs(int count) {
    return new SimDeviceProfile(identity, profiles, streams, ptz, login, count);
  }
}
