package kg.sakchy.media.sdp;

/** Reading numbers out of text that others wrote. */
final class SdpText {
  private SdpText() {}

  /** The decimal number, or -1 if it is none or above {@code most}. */
  static int number(String text, int most) {
    if (text.isEmpty() || text.length() > 10) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + (c - '0');
    }
    return value > most ? -1 : (int) value;
  }
}
