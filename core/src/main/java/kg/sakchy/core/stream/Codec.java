package kg.sakchy.core.stream;

/** The codecs Sakchy carries, with the RTP payload specification each follows. */
public enum Codec {
  /** ITU-T H.264, RFC 6184. */
  H264(Kind.VIDEO),
  /** ITU-T H.265, RFC 7798. */
  H265(Kind.VIDEO),
  /** JPEG, RFC 2435. */
  MJPEG(Kind.VIDEO),
  /** MPEG-4 AAC, RFC 3640. */
  AAC(Kind.AUDIO),
  /** ITU-T G.711 A-law, RFC 3551 §4.5.14. */
  G711_ALAW(Kind.AUDIO),
  /** ITU-T G.711 mu-law, RFC 3551 §4.5.14. */
  G711_ULAW(Kind.AUDIO),
  /** Opus, RFC 7587. */
  OPUS(Kind.AUDIO),
  /** ONVIF metadata XML, ONVIF Streaming §5.2.1.1. */
  ONVIF_METADATA(Kind.METADATA);

  /** What a track carries. */
  public enum Kind {
    VIDEO,
    AUDIO,
    METADATA
  }

  private final Kind kind;

  Codec(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
