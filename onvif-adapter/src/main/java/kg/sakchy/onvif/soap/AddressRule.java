package kg.sakchy.onvif.soap;

/**
 * What to make of the addresses a camera gives for its services, subscriptions and streams. They
 * are often wrong: {@code 0.0.0.0}, {@code 127.0.0.1}, a digit cut off, an address behind a NAT.
 */
public enum AddressRule {
  /**
   * The host that answered, with the port the camera gives. The default: a camera cannot send us,
   * and a proof of its password, to somebody else.
   */
  ANSWERING_HOST,
  /** Host and port that answered: for cameras behind port forwarding. Streams keep their port. */
  ANSWERING_ENDPOINT,
  /** The camera's words, for devices whose services or streams live on several hosts. */
  AS_ANNOUNCED
}
