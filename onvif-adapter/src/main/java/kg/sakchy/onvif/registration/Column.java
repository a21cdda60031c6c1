package kg.sakchy.onvif.registration;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of a table of cameras, and how people head them in English, Russian and Kyrgyz. */
enum Column {
  /** Host, {@code host:port} or address of the device service; the only column that must be. */
  ADDRESS(
      "address, ip, ip address, host, url, camera address, device address, network address",
      "адрес, ip-адрес, адрес камеры, адрес устройства, сетевой адрес",
      "дарек, дареги, ip-дарек, ip-дареги, камеранын дареги, тармак дареги"),
  USER(
      "user, username, login, user name",
      "пользователь, логин, имя пользователя",
      "колдонуучу, колдонуучунун аты"),
  PASSWORD("password, pass", "пароль", "сырсөз, сыр сөз"),
  NAME(
      "name, title, camera, camera name",
      "название, наименование, имя, камера, имя камеры, название камеры",
      "аты, аталышы, камеранын аты, камеранын аталышы"),
  ID("id, camera id, identifier", "ид, идентификатор, код камеры", "камеранын коду"),
  SITE(
      "site, object, site name",
      "объект, площадка, название объекта, наименование объекта",
      "жай, объекттин аты, объекттин аталышы"),
  SITE_CLASS(
      "class, site class, type, site type, category",
      "класс, тип, категория, класс объекта, тип объекта, категория объекта",
      "класс, түрү, категориясы, объекттин классы, объекттин түрү"),
  POSTAL_ADDRESS(
      "postal address, street address, site address",
      "почтовый адрес, адрес объекта, адрес установки",
      "почта дареги, объекттин дареги"),
  GEOGRAPHIC_CODE(
      "geographic code, geo code, territory code, soate",
      "географический код, геокод, код территории, соате, код соате",
      "географиялык код, аймактын коду, аймак коду"),
  LATITUDE("latitude, lat", "широта", "кеңдик, кеңдиги"),
  LONGITUDE("longitude, lon, lng, long", "долгота", "узундук, узундугу"),
  HEIGHT(
      "mounting height, height, mounting height m, height m",
      "высота, высота установки, высота монтажа, высота м, высота установки м",
      "бийиктик, бийиктиги, орнотуу бийиктиги"),
  AZIMUTH("azimuth, direction, bearing", "азимут, направление", "азимуту, багыт, багыты"),
  VIEW_ANGLE(
      "view angle, angle of view, field of view, fov, angle",
      "угол обзора, угол, поле зрения",
      "көрүү бурчу, бурч, бурчу"),
  UNIT(
      "responsible unit, unit, responsible, owner",
      "ответственное подразделение, ответственный, подразделение, ответственная служба",
      "жооптуу бөлүм, жооптуу, бөлүм, жооптуу бөлүк"),
  RECORDING("recording, record", "запись, записывать", "жазуу, жаздыруу"),
  RETENTION_DAYS(
      "retention days, retention, days, keep days",
      "срок хранения, хранение, дней хранения, срок хранения дней, хранить дней",
      "сактоо мөөнөтү, сактоо күндөрү, сактоо");

  private static final Map<String, Column> BY_HEADING = headings();

  /** Separated by commas. */
  private final String headings;

  Column(String... byLanguage) {
    this.headings = String.join(", ", byLanguage);
  }

  /** Lower-case name, as in the API and the database. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column that a heading means; case, spaces and signs do not count. */
  static Optional<Column> of(String heading) {
    return Optional.ofNullable(BY_HEADING.get(bare(heading)));
  }

  /** The reverse of {@link #code()}. */
  static Column ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** Letters and digits only, lower case; ё is е, as most people write it. */
  static String bare(String text) {
    StringBuilder bare = new StringBuilder();
    text.codePoints()
        .filter(Character::isLetterOrDigit)
        .map(Character::toLowerCase)
        .map(letter -> letter == 'ё' ? 'е' : letter)
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }

  private static Map<String, Column> headings() {
    Map<String, Column> headings = new HashMap<>();
    for (Column column : values()) {
      headings.put(bare(column.name()), column);
      Arrays.stream(column.headings.split(", ", -1))
          .forEach(heading -> headings.put(bare(heading), column));
    }
    return Map.copyOf(headings);
  }
}
