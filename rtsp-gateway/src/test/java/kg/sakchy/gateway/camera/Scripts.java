package kg.sakchy.gateway.camera;

/** Dialogues that many tests share, with a hole where they differ. Threads: pure functions. */
public final class Scripts {
  public static final String VIDEO =
      """
      S: m=video 0 RTP/AVP 96
      S: a=control:video
      S: a=rtpmap:96 H264/90000
      S: a=fmtp:96 packetization-mode=1;sprop-parameter-sets={sprop}
      """;

  public static final String SOUND =
      """
      S: m=audio 0 RTP/AVP 0
      S: a=control:sound
      S: a=rtpmap:0 PCMU/8000
      """;

  private static final String OK =
      """
      S: RTSP/1.0 200 OK
      S: CSeq: {cseq}
      """;

  private Scripts() {}

  /** A camera at {@code /cam} that agrees to play its video, and then does what is said. */
  public static DialogueScript playing(String then) {
    return playing("", then);
  }

  /**
   * The same, with more fields in the answer to SETUP.
   *
   * @param session for example {@code ;timeout=2}
   */
  public static DialogueScript playing(String session, String then) {
    return DialogueScript.parse(described(VIDEO) + setUp("video", session) + play() + then);
  }

  /** A camera with video and sound. */
  public static DialogueScript withSound(String then) {
    return DialogueScript.parse(
        described(VIDEO + SOUND) + setUp("video", "") + setUp("sound", "") + play() + then);
  }

  /** Up to the answer to DESCRIBE. */
  public static String described(String media) {
    return options()
        + "C: DESCRIBE rtsp://127.0.0.1:{port}/cam RTSP/1.0\n"
        + OK
        + "S: Content-Length: {length}\nS:\nS: v=0\n"
        + media;
  }

  public static String options() {
    return "C: OPTIONS rtsp://127.0.0.1:{port}/cam RTSP/1.0\n"
        + OK
        + "S: Public: DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\n";
  }

  public static String setUp(String track, String session) {
    return "C: SETUP rtsp://127.0.0.1:{port}/cam/"
        + track
        + " RTSP/1.0\n"
        + OK
        + "S: Session: 42"
        + session
        + "\n";
  }

  public static String play() {
    return "C: PLAY rtsp://127.0.0.1:{port}/cam RTSP/1.0\n" + OK;
  }

  /** Answers DESCRIBE with a status. */
  public static DialogueScript refusing(String statusLine, String fields) {
    return DialogueScript.parse(
        options()
            + "C: DESCRIBE rtsp://127.0.0.1:{port}/cam RTSP/1.0\n"
            + "S: RTSP/1.0 "
            + statusLine
            + "\nS: CSeq: {cseq}\n"
            + fields);
  }
}
