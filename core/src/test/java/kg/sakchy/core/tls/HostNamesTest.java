package kg.sakchy.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  @Test
  void namesAndAddressesAreToldApart() {
    HostNames names = HostNames.parse(" VMS.example.kg , 10.0.0.5,[2001:db8::1], ::1,*.a.kg,");
    assertThat(names.names()).containsExactlyInAnyOrder("vms.example.kg", "*.a.kg");
    assertThat(names.addresses()).hasSize(3);
    assertThat(HostNames.parse("")).isEqualTo(HostNames.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "http://a",
        "a:8080",
        "a..b",
        "-a",
        "a/b",
        "*",
        "a.*",
        "user@a",
        "::zz",
        "ä"
      })
  void whatIsNeitherIsRefused(String host) {
    assertThatThrownBy(() -> HostNames.parse(host)).hasMessageContaining("no name or address");
  }

  @Test
  void aLongNameIsRefusedAtOnce() {
    assertThatThrownBy(() -> HostNames.parse("a".repeat(100_000)))
        .hasMessageContaining("no name or address");
    assertThatThrownBy(() -> HostNames.parse("a.".repeat(100_000)))
        .hasMessageContaining("no name or address");
  }

  @Test
  void aStarStandsForOneLabel() {
    HostNames names = HostNames.parse("*.example.kg");
    assertThat(names.covers("a.example.kg")).isTrue();
    assertThat(names.covers("A.Example.KG")).isTrue();
    assertThat(names.covers("example.kg")).isFalse();
    assertThat(names.covers("a.b.example.kg")).isFalse();
    assertThat(names.covers("*.example.kg")).isFalse();
  }

  @Test
  void onlyOneWayToWriteAnAddressCounts() {
    HostNames names = HostNames.parse("10.0.0.5,2001:db8::1");
    assertThat(names.covers("10.0.0.5")).isTrue();
    assertThat(names.covers("[2001:db8:0::1]")).isTrue();
    assertThat(names.covers("2001:db8::1")).isFalse();
    assertThat(names.covers("10.5")).isFalse();
    assertThat(names.covers("10.0.0.05")).isFalse();
    assertThat(names.covers("0x0a.0.0.5")).isFalse();
    assertThat(names.covers("[::ffff:10.0.0.5]")).isFalse();
  }

  @Test
  void setsAreComparedAndJoined() {
    HostNames some = HostNames.parse("a.kg,10.0.0.5");
    HostNames all = some.and(HostNames.parse("*.b.kg"));
    assertThat(all.coverAll(some)).isTrue();
    assertThat(all.coverAll(HostNames.parse("*.b.kg,x.b.kg"))).isTrue();
    assertThat(some.coverAll(all)).isFalse();
    assertThat(all.coverAll(HostNames.parse("10.0.0.6"))).isFalse();
  }
}
