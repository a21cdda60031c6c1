package kg.sakchy.storage.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.access.Right;

/** Sets of rights as the tables keep them: arrays of lower-case names. Threads: stateless. */
final class Rights {
  private Rights() {}

  static List<String> codes(Set<Right> rights) {
    return rights.stream().sorted().map(Right::code).toList();
  }

  static Set<Right> read(ResultSet row) throws SQLException {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String code : (String[]) row.getArray("rights").getArray()) {
      rights.add(Right.valueOf(code.toUpperCase(Locale.ROOT)));
    }
    return rights;
  }
}
