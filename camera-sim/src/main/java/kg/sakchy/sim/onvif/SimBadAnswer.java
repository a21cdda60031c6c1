package kg.sakchy.sim.onvif;

/** Answers no client should trust. */
public enum SimBadAnswer {
  /** A web page with status 200. */
  HTML,
  /** An envelope that never ends, as fast as the client reads it. */
  ENDLESS,
  /** A DTD whose entities grow to gigabytes. */
  ENTITY_BOMB,
  /** Declares UTF-8, and is Windows-1251. */
  WRONG_CHARSET,
  /** A well-formed answer of 10 MB. */
  HUGE,
  /** The answer that another device would give to GetDeviceInformation, whatever was asked. */
  OTHER_CAMERA,
  /** Ends in the middle although its length is announced. */
  TRUNCATED,
  /** Elements inside elements, 100,000 deep. */
  DEEP,
  /** Status 500 without a body. */
  EMPTY_500,
  /** Nothing; the connection stays open. */
  SILENCE,
  /** The connection is closed. */
  CLOSE
}
