package kg.sakchy.core.camera;

/**
 * How RTP travels from the camera (RFC 2326 §12.39). RTSPS is chosen by the scheme of the address,
 * not here.
 */
public enum Transport {
  /**
   * Interleaved in the RTSP connection (RFC 2326 §10.12); the default: it passes firewalls and
   * loses nothing on the way.
   */
  TCP,
  /** RTP over UDP, for cameras that need it. */
  UDP
}
