package kg.sakchy.storage.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.storage.ObjectKey;

/**
 * Run and sequence as the last part of a segment's key has them; the reverse of {@link
 * kg.sakchy.core.recording.Segment#key()}.
 *
 * @param run see {@link kg.sakchy.core.recording.Segment#run()}
 * @param sequence see {@link kg.sakchy.core.recording.Segment#sequence()}
 */
record SegmentName(long run, int sequence) {
  private static final int RADIX = 36;
  private static final Pattern FORM =
      Pattern.compile(".*/-?\\d+-(-?[0-9a-z]{1,13})-(\\d{1,10})\\.mp4");

  static SegmentName parse(ObjectKey key) {
    Matcher matcher = FORM.matcher(key.value());
    try {
      if (matcher.matches()) {
        return new SegmentName(
            Long.parseLong(matcher.group(1), RADIX), Integer.parseInt(matcher.group(2)));
      }
    } catch (NumberFormatException e) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not the key of a segment: " + key, e);
    }
    throw new VmsException(ErrorKind.INVALID_ARGUMENT, "not the key of a segment: " + key);
  }
}
