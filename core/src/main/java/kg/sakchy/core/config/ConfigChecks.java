package kg.sakchy.core.config;

import java.time.Duration;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.tls.HostNames;

/** The checks that configuration records share; each failure names the key and what it takes. */
final class ConfigChecks {
  private ConfigChecks() {}

  static void check(boolean valid, String key, String takes) {
    if (!valid) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, key + ": takes " + takes);
    }
  }

  static void between(String key, long value, long least, long most) {
    check(
        value >= least && value <= most,
        key,
        "a number from " + least + " to " + most + ", not " + value);
  }

  static void between(String key, Duration value, Duration least, Duration most) {
    check(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        key,
        "a duration from " + least + " to " + most + ", not " + value);
  }

  static void hosts(String key, String list) {
    try {
      HostNames.parse(list);
    } catch (VmsException e) {
      throw new VmsException(e.kind(), key + ": " + e.getMessage(), e);
    }
  }

  static void port(String key, int value) {
    between(key, value, 0, 65_535);
  }
}
