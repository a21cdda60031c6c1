package kg.sakchy.core.device;

import kg.sakchy.core.camera.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * What to set on a camera; null leaves it as it is.
 *
 * @param setClock whether to set its clock to ours now
 * @param ntpServer host name or address it should keep its time by
 * @param hostname its name on the network
 * @param newUser an ONVIF user to make, of level operator
 * @param mainKbps bit rate limit of the recorded stream, in 1000 bits per second
 * @param mainFps frame rate limit of the recorded stream
 * @param mainGopFrames frames from key frame to key frame of the recorded stream
 */
public record DeviceSetup(
    boolean setClock,
    @Nullable String ntpServer,
    @Nullable String hostname,
    @Nullable Credentials newUser,
    @Nullable Integer mainKbps,
    @Nullable Integer mainFps,
    @Nullable Integer mainGopFrames) {}
