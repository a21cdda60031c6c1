package kg.sakchy.onvif.security;

/** Whether the password itself may be sent (HTTP Basic), for cameras that know nothing better. */
public enum PlainPasswords {
  /** The default: only proofs of knowing it. */
  NEVER,
  /** If the camera offers nothing else and the connection is encrypted. */
  OVER_TLS
}
