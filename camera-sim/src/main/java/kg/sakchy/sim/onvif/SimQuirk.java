package kg.sakchy.sim.onvif;

/**
 * Habits of real devices that the specification does not know; all off at first. The devices named
 * are those the habit was reported of.
 */
public enum SimQuirk {
  /** Unsubscribe ends all subscriptions of the device. */
  UNSUBSCRIBE_ENDS_ALL,
  /** Tapo C220: the connection of a long poll is closed after 10 s without a word. */
  PULL_CUT,
  /**
   * Tapo: subscriptions are at a port of their own, which {@link SimDevice#killEventPort} kills.
   */
  EVENTS_AT_OTHER_PORT,
  /** A termination time such as PT60S is not understood; every term is 10 minutes. */
  RELATIVE_TERM_IGNORED,
  /** Relative terms are misread: the termination time is in the year 1970. */
  TERMINATION_TIME_WRONG,
  /** A consumer address of more than 64 characters restarts the device. */
  LONG_CONSUMER_RESTARTS,
  /** Axis: all subscriptions share an address, and a reference parameter tells them apart. */
  REFERENCE_PARAMETERS,
  /** Axis: PullMessages does not extend the term. */
  PULL_DOES_NOT_EXTEND,
  /** Vista: TerminationTime is always now. */
  TERMINATION_TIME_NOW,
  /** Hikvision: calls of subscriptions need {@code wsa:To} and {@code wsa:Action}. */
  ADDRESSING_REQUIRED,
  /** Hikvision as delivered: ONVIF is off, its addresses are not there (404). */
  ONVIF_OFF,
  /** Hikvision: the accounts for video are not those for ONVIF; every login is refused. */
  NO_ONVIF_USER,
  /** Hikvision and INSTAR: a refused WS-UsernameToken gets 401 with a web page. */
  REFUSAL_IS_HTML,
  /** A nonce is good for one path; with another it is stale (Hikvision 19.x). */
  NONCE_PER_PATH,
  /** Sony SRG-XP1: challenges offer {@code auth,auth-int}. */
  QOP_AUTH_INT,
  /** gSOAP devices: a Basic challenge comes before the Digest ones, and Basic is refused. */
  BASIC_CHALLENGE_FIRST,
  /** Cameras that lock an account: after 5 wrong passwords right ones are refused for a minute. */
  ACCOUNT_LOCKS,
  /** The field UTCDateTime holds local time. */
  LOCAL_TIME_AS_UTC,
  /** There is no UTCDateTime. */
  NO_UTC_TIME,
  /** There is neither UTCDateTime nor LocalDateTime. */
  NO_TIME,
  /** Panasonic, Digital Barriers, a Hikvision: GetSystemDateAndTime needs a password. */
  TIME_NEEDS_LOGIN,
  /** Time stamps of events are malformed in turn: {@code 24:61:16}, {@code T-07:10:32}, no zone. */
  BAD_TIMESTAMPS,
  /** Addresses name 192.168.1.64, as seen from inside a translating router. */
  XADDR_LAN,
  /** Addresses name 0.0.0.0. */
  XADDR_ZERO,
  /** Xiaomi Dafang: addresses name 127.0.0.1, whatever the address. */
  XADDR_LOOPBACK,
  /** Thingino: the last digit of the host is cut off. */
  XADDR_CUT,
  /** D-Link DCS-8635LH: media2 is listed, and every operation of it fails. */
  MEDIA2_BROKEN,
  /** Axis A1601: media is listed, and its operations are "not implemented". */
  MEDIA_NOT_IMPLEMENTED,
  /** Capabilities of events are missing although pull points work. */
  NO_EVENT_CAPABILITIES,
  /** Bosch Flexidome: CreatePullPointSubscription is refused; Subscribe works. */
  PULL_POINT_DENIED,
  /** Subscribe is refused as well. */
  SUBSCRIBE_DENIED,
  /** Reolink: pull points are never freed; after 5 creating fails until a restart. */
  PULL_POINTS_STUCK,
  /** Reolink: requests to the event service get a bare 400. */
  EVENT_BAD_REQUEST,
  /** Reolink: the HTTP port answers with bytes of TLS. */
  TLS_ON_HTTP,
  /** Topics end in {@code //.}. */
  TOPIC_TRAILING_SLASHES,
  /** Topics carry a maker's prefix: {@code tnshik:RuleEngine}. */
  TOPIC_VENDOR_PREFIX,
  /** Every segment of a topic has a prefix: {@code tns1:VideoSource/tns1:MotionAlarm}. */
  TOPIC_PREFIX_EVERYWHERE,
  /** States are spelt {@code active}, {@code inactive}, {@code 1}, {@code FALSE} in turn. */
  STATE_SPELLING,
  /** TVT: an alarm is never said to be over. */
  NO_CLEAR_EVENT,
  /** Dahua: a fixed camera lists a PTZ service whose operations fail. */
  PTZ_LISTED_ON_FIXED,
  /** TranslationSpaceFov is listed and refused. */
  FOV_MOVE_REFUSED,
  /** Thingino: configurations name no default spaces. */
  NO_DEFAULT_SPACES,
  /** The zoom spaces are 0 to 0. */
  ZOOM_RANGE_EMPTY,
  /** Hikvision: MoveStatus is always IDLE. */
  MOVE_STATUS_IDLE,
  /** Without MoveStatus and position in GetStatus. */
  NO_PTZ_STATUS,
  /** A Sony: pan-tilt and zoom in one message are refused. */
  COMBINED_MOVE_REFUSED,
  /** Faults come in SOAP 1.1. */
  OLD_FAULTS,
  /** Faults come with status 200. */
  FAULTS_ARE_OK,
  /** Faults come as status 500 with a web page. */
  FAULTS_ARE_HTML,
  /** A device without logins refuses a security header that must be understood. */
  SECURITY_NOT_UNDERSTOOD,
  /** Media2 answers in the words of Media1, as devices do that serve both at one address. */
  MEDIA2_IN_WORDS_OF_MEDIA1,
  /** There is no snapshot address. */
  NO_SNAPSHOT_URI,
  /** Reolink: names are Windows-1251, whatever the answer declares. */
  NAMES_IN_1251,
  /** Uniview NVR: GetRecordingOptions is not implemented. */
  NO_RECORDING_OPTIONS,
  /** A new password of the own account works only after some seconds. */
  PASSWORD_LATE,
  /** Discovery answers name an address in another subnet. */
  DISCOVERY_OTHER_SUBNET,
  /** Discovery answers come from an ephemeral port. */
  DISCOVERY_EPHEMERAL_PORT
}
