package kg.sakchy.storage.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation.Draft;
import kg.sakchy.core.organisation.SearchText;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.core.organisation.UnitPath;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table of units. Threads: stateless. */
final class UnitRow {
  /** A piece of a text by which it is found. */
  static final int PIECE = 3;

  private UnitRow() {}

  /** Binds what people say of a unit, and what it is found by. */
  static <T extends SqlStatement<T>> T bind(T statement, Draft draft) {
    SiteClass siteClass = draft.siteClass();
    String text = SearchText.of(draft);
    return statement
        .bind("kind", draft.kind().code())
        .bind("name", draft.name())
        .bind("name_key", nameKey(draft.name()))
        .bindByType("site_class", siteClass == null ? null : siteClass.code(), String.class)
        .bind("address", draft.address())
        .bind("geographic_code", draft.geographicCode())
        .bind("cadastre_id", draft.cadastreId())
        .bind("officer", draft.officer())
        .bind("search_text", text)
        .bindArray("search_pieces", String.class, pieces(text));
  }

  static Unit read(ResultSet row, StatementContext context) throws SQLException {
    return new Unit(
        new UnitId(row.getLong("id")),
        path(row.getString("path")),
        UnitKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        row.getString("site_class") == null ? null : siteClass(row),
        row.getString("address"),
        row.getString("geographic_code"),
        row.getString("cadastre_id"),
        row.getString("officer"),
        row.getLong("version"));
  }

  /** The class of a site. */
  static SiteClass siteClass(ResultSet row) throws SQLException {
    return SiteClass.valueOf(row.getString("site_class").toUpperCase(Locale.ROOT));
  }

  /** A path as it stands in the table: {@code /1/17/}. */
  static String text(UnitPath path) {
    StringBuilder text = new StringBuilder("/");
    path.units().forEach(unit -> text.append(unit.value()).append('/'));
    return text.toString();
  }

  /** The reverse of {@link #text}. */
  static UnitPath path(String text) {
    return new UnitPath(
        Stream.of(text.substring(1).split("/", 0))
            .map(unit -> new UnitId(Long.parseLong(unit)))
            .toList());
  }

  /** All pieces of {@link #PIECE} characters of the lines of a text; none of shorter lines. */
  static List<String> pieces(String text) {
    Set<String> pieces = new LinkedHashSet<>();
    text.lines()
        .forEach(
            line -> {
              int[] characters = line.codePoints().toArray();
              for (int at = 0; at + PIECE <= characters.length; at++) {
                pieces.add(new String(characters, at, PIECE));
              }
            });
    return List.copyOf(pieces);
  }

  private static byte[] nameKey(String name) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(SearchText.fold(name).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new VmsException(ErrorKind.INTERNAL, "no SHA-256", e);
    }
  }
}
