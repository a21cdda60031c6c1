package kg.sakchy.core.device;

/** What a camera can do beyond a main stream. */
public enum DeviceFeature {
  /** Media2 service (Profile T); without it Media1 is spoken. */
  MEDIA2,
  PTZ,
  /** Focus, iris, day and night. */
  IMAGING,
  /** A microphone in the main stream. */
  AUDIO,
  /** A loudspeaker that takes sound over RTSP. */
  BACKCHANNEL,
  /** Events by pull point. */
  EVENTS,
  /** Events by notification to us only. */
  NOTIFICATIONS,
  /** Recordings on the camera itself that can be searched and replayed (Profile G). */
  EDGE_RECORDING,
  /** A stream of analytics metadata (Profile M). */
  METADATA
}
