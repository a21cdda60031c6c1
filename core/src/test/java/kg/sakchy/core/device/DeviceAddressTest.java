package kg.sakchy.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAddressTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.5, http://10.0.0.5/onvif/device_service",
    "' 10.0.0.5 ', http://10.0.0.5/onvif/device_service",
    "10.0.0.5:8000, http://10.0.0.5:8000/onvif/device_service",
    "cam-5.school.kg, http://cam-5.school.kg/onvif/device_service",
    "10.0.0.5/, http://10.0.0.5/onvif/device_service",
    "https://10.0.0.5, https://10.0.0.5/onvif/device_service",
    "http://10.0.0.5:8080/onvif/services, http://10.0.0.5:8080/onvif/services",
    "[2001:db8::5]:8000, http://[2001:db8::5]:8000/onvif/device_service",
  })
  void readsWhatPeopleWrite(String written, String service) {
    DeviceAddress address = DeviceAddress.parse(written, null, true);
    assertThat(address.service()).hasToString(service);
    assertThat(address.credentials()).isNull();
    assertThat(address.keepHost()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"p@ss", "p:a:ss", "p/a/ss", "<&>\"'", "p%40ss", "@:/<&", "пароль"})
  void takesAPasswordAsItIs(String password) {
    DeviceAddress address =
        DeviceAddress.parse("http://admin:" + password + "@10.0.0.5:8000/x", null, false);
    assertThat(address.service()).hasToString("http://10.0.0.5:8000/x");
    assertThat(address.credentials()).isEqualTo(new Credentials("admin", password));
    Credentials own = new Credentials("operator", "other");
    assertThat(DeviceAddress.parse("admin:" + password + "@10.0.0.5", own, false).credentials())
        .isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ftp://10.0.0.5",
        "10.0.0.5:port",
        "10.0.0.5 10.0.0.6",
        "http://",
        "a_b",
        "[::1"
      })
  void refusesTheRest(String written) {
    assertThatThrownBy(() -> DeviceAddress.parse(written, null, false))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
  }

  @Test
  void anErrorRepeatsNoPassword() {
    assertThatThrownBy(() -> DeviceAddress.parse("http://admin:geheim@ho st/", null, false))
        .hasMessageNotContaining("geheim");
  }
}
