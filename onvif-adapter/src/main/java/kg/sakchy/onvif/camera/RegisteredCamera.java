package kg.sakchy.onvif.camera;

import kg.sakchy.core.device.CameraDevice;
import kg.sakchy.onvif.soap.DeviceSession;

/**
 * A registered camera and the session to talk to it.
 *
 * @param device what was registered
 * @param session shared by all who talk to it
 */
public record RegisteredCamera(CameraDevice device, DeviceSession session) {}
