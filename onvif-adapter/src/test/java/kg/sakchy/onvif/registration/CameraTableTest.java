package kg.sakchy.onvif.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.device.DeviceAddress;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraTableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Address;User;Password;Name;ID;Site;Site class;Postal address;Geographic code;Latitude;"
            + "Longitude;Mounting height;Azimuth;View angle;Responsible unit;Recording;"
            + "Retention days|school|yes",
        "Адрес;Логин;Пароль;Название;ИД;Объект;Тип объекта;Почтовый адрес;Код СОАТЕ;Широта;Долгота;"
            + "Высота установки, м;Азимут;Угол обзора;Ответственное подразделение;Запись;"
            + "Срок хранения (дней)|Школа|Да",
        "Дарек;Колдонуучу;Сырсөз;Аталышы;Камеранын коду;Объекттин аты;Объекттин түрү;Почта дареги;"
            + "Аймактын коду;Кеңдик;Узундук;Орнотуу бийиктиги;Багыты;Көрүү бурчу;Жооптуу бөлүм;"
            + "Жазуу;Сактоо мөөнөтү|мектеп|ооба",
        "ADDRESS;user;PassWord;NAME;i"
            + " d;site;site_class;POSTAL_ADDRESS;geographic_code;LAT;lon;height;"
            + "azimuth;view_angle;unit;recording;retention_days|SCHOOL|+"
      })
  void headingsAndClassesAreUnderstoodInThreeLanguages(String language) {
    String[] parts = language.split("\\|", -1);
    CameraTable table = read(parts[0] + "\n" + values(parts[1], parts[2]));
    assertThat(CameraRow.of(table.rows().getFirst().values()))
        .isEqualTo(
            new CameraRow(
                new DeviceAddress(
                    URI.create("http://10.0.0.1:8000/onvif/device_service"),
                    new Credentials("admin", "p@ss:/<&"),
                    false),
                new CameraId("gate-1"),
                "Вход",
                true,
                30,
                new PlacementChange(
                    "Школа №5",
                    SiteClass.SCHOOL,
                    "ул. Токтогула, 12",
                    "41711000000000",
                    42.8746,
                    74.5698,
                    4.5,
                    359.9,
                    62.0,
                    "УВД")));
  }

  @Test
  void everyClassHasANameInEachLanguage() {
    Map<String, SiteClass> names =
        Map.ofEntries(
            Map.entry("Улица", SiteClass.STREET),
            Map.entry("көчө", SiteClass.STREET),
            Map.entry("туристическая зона", SiteClass.TOURIST_AREA),
            Map.entry("Туристтик аймак", SiteClass.TOURIST_AREA),
            Map.entry("tourist area", SiteClass.TOURIST_AREA),
            Map.entry("Детский сад", SiteClass.KINDERGARTEN),
            Map.entry("бала бакча", SiteClass.KINDERGARTEN),
            Map.entry("Перекресток", SiteClass.JUNCTION),
            Map.entry("перекрёсток", SiteClass.JUNCTION),
            Map.entry("жол кесилиши", SiteClass.JUNCTION),
            Map.entry("прочее", SiteClass.OTHER),
            Map.entry("башка", SiteClass.OTHER));
    names.forEach(
        (name, siteClass) ->
            assertThat(
                    CameraRow.of(Map.of(Column.ADDRESS, "10.0.0.1", Column.SITE_CLASS, name))
                        .placement()
                        .siteClass())
                .as(name)
                .isEqualTo(siteClass));
    for (SiteClass siteClass : SiteClass.values()) {
      assertThat(
              CameraRow.of(Map.of(Column.ADDRESS, "a", Column.SITE_CLASS, siteClass.code()))
                  .placement()
                  .siteClass())
          .isEqualTo(siteClass);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ADDRESS, ftp://10.0.0.1, http",
    "ADDRESS, '10.0.0.1 10.0.0.2', malformed",
    "ID, Gate 1, lower-case",
    "SITE_CLASS, moon, no class",
    "LATITUDE, north, not a number",
    "LATITUDE, 91, -90 to 90",
    "LATITUDE, 42.1, go together",
    "LONGITUDE, '1,2,3', not a number",
    "HEIGHT, 1e9, not a number",
    "HEIGHT, 2000, 1000 metres",
    "AZIMUTH, 360, under 360",
    "VIEW_ANGLE, 0, over 0",
    "RECORDING, maybe, yes nor no",
    "RETENTION_DAYS, '1,5', whole days",
    "RETENTION_DAYS, 0, whole days",
    "PASSWORD, geheim, no user",
  })
  void aWrongCellIsNamed(Column column, String value, String words) {
    Map<Column, String> values = new java.util.EnumMap<>(Column.class);
    values.put(Column.ADDRESS, "10.0.0.1");
    values.put(column, value);
    assertThatThrownBy(() -> CameraRow.of(values))
        .isInstanceOfSatisfying(
            VmsException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
              assertThat(e.getMessage()).contains(words).doesNotContain("geheim");
              assertThat(e.context().get(CameraRow.COLUMN))
                  .isIn(column.code(), "user", "longitude");
            });
  }

  @Test
  void tooManyRowsAreRefused() {
    String row = "10.0.0.1\n";
    assertThat(read("address\n" + row.repeat(20_000)).rows()).hasSize(20_000);
    assertWrong("address\n" + row.repeat(20_001), "over 20000 rows");
    List<List<String>> rows = new java.util.ArrayList<>();
    for (int i = 0; i <= 20_001; i++) {
      rows.add(List.of(i == 0 ? "address" : "10.0.0." + i));
    }
    assertThatThrownBy(() -> CameraTable.read(Workbook.of(rows).zip()))
        .hasMessageContaining("over 20000 rows");
  }

  @Test
  void aTableThatIsNoneIsRefused() {
    assertWrong("", "empty");
    assertWrong("\n\n", "empty");
    assertWrong("name;password\nx;geheim", "no column \"address\"");
    assertWrong("address;адрес\na;b", "two columns");
    assertThatThrownBy(() -> CameraTable.read(new byte[CameraTable.MAX_BYTES + 1]))
        .hasMessageContaining("32 MB");
    byte[] xls = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 0};
    assertThatThrownBy(() -> CameraTable.read(xls)).hasMessageContaining("old or an encrypted");
  }

  @Test
  void unknownColumnsAndShortLinesDoNoHarm() {
    CameraTable table = read("№;address;Примечание;name\n1;10.0.0.1;x\n2;10.0.0.2;y;Gate;z\n");
    assertThat(table.rows())
        .containsExactly(
            new CameraTable.Row(2, Map.of(Column.ADDRESS, "10.0.0.1")),
            new CameraTable.Row(3, Map.of(Column.ADDRESS, "10.0.0.2", Column.NAME, "Gate")));
  }

  @Test
  void aRowPrintsNoPassword() {
    CameraTable table = read("address;user;password\n10.0.0.1;admin;geheim");
    assertThat(table.toString()).doesNotContain("geheim");
    assertThat(CameraRow.of(table.rows().getFirst().values()).toString()).doesNotContain("geheim");
  }

  private static String values(String siteClass, String recording) {
    return "10.0.0.1:8000;admin;p@ss:/<&;Вход;gate-1;Школа №5;"
        + siteClass
        + ";ул. Токтогула, 12;41711000000000;42,8746;74.5698;4,5;359,9°;62;УВД;"
        + recording
        + ";30";
  }

  private static void assertWrong(String text, String words) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT))
        .hasMessageContaining(words)
        .hasMessageNotContaining("geheim");
  }

  private static CameraTable read(String text) {
    return CameraTable.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
