package kg.sakchy.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTargetsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.0/24             | 254   | 192.0.2.1    | 192.0.2.254",
        "192.0.2.77/24            | 254   | 192.0.2.1    | 192.0.2.254",
        "192.0.2.8/31             | 2     | 192.0.2.8    | 192.0.2.9",
        "192.0.2.8/32             | 1     | 192.0.2.8    | 192.0.2.8",
        "192.0.2.10-192.0.2.12    | 3     | 192.0.2.10   | 192.0.2.12",
        "192.0.2.10-12            | 3     | 192.0.2.10   | 192.0.2.12",
        "192.0.2.7                | 1     | 192.0.2.7    | 192.0.2.7",
        "10.1.0.0/16              | 65534 | 10.1.0.1     | 10.1.255.254",
        "192.0.2.9, 192.0.2.1-10  | 10    | 192.0.2.1    | 192.0.2.10",
        "192.0.2.9 198.51.100.1   | 2     | 192.0.2.9    | 198.51.100.1",
        "255.255.255.254-255.255.255.255 | 2 | 255.255.255.254 | 255.255.255.255",
      })
  void reads(String text, int size, String first, String last) throws Exception {
    ScanTargets targets = ScanTargets.parse(text);
    List<InetAddress> all = new ArrayList<>();
    targets.forEach(all::add);
    assertThat(targets.size()).isEqualTo(size);
    assertThat(all).hasSize(size).doesNotHaveDuplicates();
    assertThat(all.getFirst()).isEqualTo(InetAddress.getByName(first));
    assertThat(all.getLast()).isEqualTo(InetAddress.getByName(last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  , ",
        "camera.example",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.0/33",
        "192.0.2.20-192.0.2.10",
        "192.0.2.20-10",
        "192.0.2.1-2-3",
        "2001:db8::/64",
        "10.0.0.0/8",
        "10.0.0.0/15",
        "0.0.0.0-255.255.255.255",
        "٣.٣.٣.٣",
        "-1.2.3.4",
      })
  void refuses(String text) {
    assertThatThrownBy(() -> ScanTargets.parse(text))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
  }

  @Test
  void refusesEndlessLists() {
    assertThatThrownBy(() -> ScanTargets.parse("192.0.2.1,".repeat(10_000)))
        .isInstanceOf(VmsException.class);
  }
}
