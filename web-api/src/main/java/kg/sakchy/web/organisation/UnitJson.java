package kg.sakchy.web.organisation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.core.organisation.UnitPath;
import org.jspecify.annotations.Nullable;

/** Units as the API shows and takes them. What a body leaves out is empty. */
final class UnitJson {
  private UnitJson() {}

  static JsonObject of(Unit unit) {
    SiteClass siteClass = unit.siteClass();
    return new JsonObject()
        .put("id", unit.id().value())
        .put("path", of(unit.path()))
        .put("kind", unit.kind().code())
        .put("version", unit.version())
        .put("name", unit.name())
        .put("siteClass", siteClass == null ? null : siteClass.code())
        .put("address", unit.address())
        .put("geographicCode", unit.geographicCode())
        .put("cadastreId", unit.cadastreId())
        .put("officer", unit.officer());
  }

  static JsonArray of(UnitPath path) {
    JsonArray units = new JsonArray();
    path.units().forEach(unit -> units.add(unit.value()));
    return units;
  }

  static JsonObject page(List<Unit> units, @Nullable String next) {
    JsonArray items = new JsonArray();
    units.forEach(unit -> items.add(of(unit)));
    return new JsonObject().put("items", items).put("next", next);
  }

  static UnitKind kind(JsonObject body) {
    return UnitKind.valueOf(body.getString("kind").toUpperCase(Locale.ROOT));
  }

  static Organisation.Draft draft(UnitKind kind, JsonObject body) {
    String siteClass = body.getString("siteClass");
    return new Organisation.Draft(
        kind,
        body.getString("name"),
        siteClass == null ? null : SiteClass.valueOf(siteClass.toUpperCase(Locale.ROOT)),
        body.getString("address", ""),
        body.getString("geographicCode", ""),
        body.getString("cadastreId", ""),
        body.getString("officer", ""));
  }
}
