package kg.sakchy.core.organisation;

import java.util.List;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * A unit of the organisation. Texts are as people wrote them, empty where unknown.
 *
 * @param id its name for ever
 * @param path the way to it from the top, itself included
 * @param kind its level
 * @param name what people call it, 1 to 200 characters
 * @param siteClass of a site what kind of place it is, else null
 * @param address postal address
 * @param geographicCode code of the place in the state's classifier of territories
 * @param cadastreId identification code of the property in the cadastre
 * @param officer the responsible officer by name
 * @param version counts changes from 1; a change names the version it is based on
 */
public record Unit(
    UnitId id,
    UnitPath path,
    UnitKind kind,
    String name,
    @Nullable SiteClass siteClass,
    String address,
    String geographicCode,
    String cadastreId,
    String officer,
    long version) {
  private static final int TEXT = 300;

  public Unit {
    check(kind, name, siteClass, List.of(address, geographicCode, cadastreId, officer));
    require(path.unit().equals(id), "the path leads to another unit");
  }

  /** What people say of the unit, as they would say it in a change of it. */
  public Organisation.Draft draft() {
    return new Organisation.Draft(
        kind, name, siteClass, address, geographicCode, cadastreId, officer);
  }

  static void check(UnitKind kind, String name, @Nullable SiteClass siteClass, List<String> texts) {
    require(!name.isBlank() && name.length() <= 200, "a unit's name has 1 to 200 characters");
    for (String text : texts) {
      require(text.length() <= TEXT, "a text of a unit has at most 300 characters");
    }
    require(
        (kind == UnitKind.SITE) == (siteClass != null),
        "sites have a class, other units have none");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, otherwise);
    }
  }
}
