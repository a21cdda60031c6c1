package kg.sakchy.media.mp4;

/**
 * Four-character codes as the big-endian numbers they are on the wire (ISO/IEC 14496-12 §4.2).
 *
 * <p>Constants, so that they can stand in a {@code switch}.
 */
final class BoxType {
  static final int AVC1 = 'a' << 24 | 'v' << 16 | 'c' << 8 | '1';
  static final int AVC3 = 'a' << 24 | 'v' << 16 | 'c' << 8 | '3';
  static final int AVCC = 'a' << 24 | 'v' << 16 | 'c' << 8 | 'C';
  static final int CO64 = 'c' << 24 | 'o' << 16 | '6' << 8 | '4';
  static final int CTTS = 'c' << 24 | 't' << 16 | 't' << 8 | 's';
  static final int DINF = 'd' << 24 | 'i' << 16 | 'n' << 8 | 'f';
  static final int DOPS = 'd' << 24 | 'O' << 16 | 'p' << 8 | 's';
  static final int DREF = 'd' << 24 | 'r' << 16 | 'e' << 8 | 'f';
  static final int EDTS = 'e' << 24 | 'd' << 16 | 't' << 8 | 's';
  static final int ELST = 'e' << 24 | 'l' << 16 | 's' << 8 | 't';
  static final int ESDS = 'e' << 24 | 's' << 16 | 'd' << 8 | 's';
  static final int FTYP = 'f' << 24 | 't' << 16 | 'y' << 8 | 'p';
  static final int HDLR = 'h' << 24 | 'd' << 16 | 'l' << 8 | 'r';
  static final int HEV1 = 'h' << 24 | 'e' << 16 | 'v' << 8 | '1';
  static final int HVC1 = 'h' << 24 | 'v' << 16 | 'c' << 8 | '1';
  static final int HVCC = 'h' << 24 | 'v' << 16 | 'c' << 8 | 'C';
  static final int JPEG = 'j' << 24 | 'p' << 16 | 'e' << 8 | 'g';
  static final int MDAT = 'm' << 24 | 'd' << 16 | 'a' << 8 | 't';
  static final int MDHD = 'm' << 24 | 'd' << 16 | 'h' << 8 | 'd';
  static final int MDIA = 'm' << 24 | 'd' << 16 | 'i' << 8 | 'a';
  static final int MEHD = 'm' << 24 | 'e' << 16 | 'h' << 8 | 'd';
  static final int MFHD = 'm' << 24 | 'f' << 16 | 'h' << 8 | 'd';
  static final int MINF = 'm' << 24 | 'i' << 16 | 'n' << 8 | 'f';
  static final int MOOF = 'm' << 24 | 'o' << 16 | 'o' << 8 | 'f';
  static final int MOOV = 'm' << 24 | 'o' << 16 | 'o' << 8 | 'v';
  static final int MP4A = 'm' << 24 | 'p' << 16 | '4' << 8 | 'a';
  static final int MP4V = 'm' << 24 | 'p' << 16 | '4' << 8 | 'v';
  static final int MVEX = 'm' << 24 | 'v' << 16 | 'e' << 8 | 'x';
  static final int MVHD = 'm' << 24 | 'v' << 16 | 'h' << 8 | 'd';
  static final int OPUS = 'O' << 24 | 'p' << 16 | 'u' << 8 | 's';
  static final int SIDX = 's' << 24 | 'i' << 16 | 'd' << 8 | 'x';
  static final int SMHD = 's' << 24 | 'm' << 16 | 'h' << 8 | 'd';
  static final int SOUN = 's' << 24 | 'o' << 16 | 'u' << 8 | 'n';
  static final int STBL = 's' << 24 | 't' << 16 | 'b' << 8 | 'l';
  static final int STCO = 's' << 24 | 't' << 16 | 'c' << 8 | 'o';
  static final int STSC = 's' << 24 | 't' << 16 | 's' << 8 | 'c';
  static final int STSD = 's' << 24 | 't' << 16 | 's' << 8 | 'd';
  static final int STSS = 's' << 24 | 't' << 16 | 's' << 8 | 's';
  static final int STSZ = 's' << 24 | 't' << 16 | 's' << 8 | 'z';
  static final int STTS = 's' << 24 | 't' << 16 | 't' << 8 | 's';
  static final int TFDT = 't' << 24 | 'f' << 16 | 'd' << 8 | 't';
  static final int TFHD = 't' << 24 | 'f' << 16 | 'h' << 8 | 'd';
  static final int TKHD = 't' << 24 | 'k' << 16 | 'h' << 8 | 'd';
  static final int TRAF = 't' << 24 | 'r' << 16 | 'a' << 8 | 'f';
  static final int TRAK = 't' << 24 | 'r' << 16 | 'a' << 8 | 'k';
  static final int TREX = 't' << 24 | 'r' << 16 | 'e' << 8 | 'x';
  static final int TRUN = 't' << 24 | 'r' << 16 | 'u' << 8 | 'n';
  static final int URL = 'u' << 24 | 'r' << 16 | 'l' << 8 | ' ';
  static final int UUID = 'u' << 24 | 'u' << 16 | 'i' << 8 | 'd';
  static final int VIDE = 'v' << 24 | 'i' << 16 | 'd' << 8 | 'e';
  static final int VMHD = 'v' << 24 | 'm' << 16 | 'h' << 8 | 'd';

  private BoxType() {}

  /** The four characters; what does not print shows as a question mark. */
  static String name(int type) {
    char[] name = new char[4];
    for (int i = 0; i < 4; i++) {
      char c = (char) (type >>> (24 - 8 * i) & 0xFF);
      name[i] = c >= ' ' && c <= '~' ? c : '?';
    }
    return new String(name);
  }
}
