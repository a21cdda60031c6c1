package kg.sakchy.web.device;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Where a camera stands, as the API shows and takes it. What a body leaves out is unknown. */
final class PlacementJson {
  private PlacementJson() {}

  static JsonObject of(Placement placement) {
    return new JsonObject()
        .put("site", placement.site())
        .put("siteClass", placement.siteClass().code())
        .put("address", placement.address())
        .put("geographicCode", placement.geographicCode())
        .put("latitude", placement.latitude())
        .put("longitude", placement.longitude())
        .put("heightMetres", placement.heightMetres())
        .put("azimuthDegrees", placement.azimuthDegrees())
        .put("viewAngleDegrees", placement.viewAngleDegrees())
        .put("unit", placement.unit());
  }

  /**
   * Reads a placement; the contract has checked types and ranges.
   *
   * @param pointer JSON pointer to it, for problems
   */
  static Placement read(JsonObject body, String pointer) {
    String siteClass = body.getString("siteClass", SiteClass.OTHER.code());
    try {
      return new Placement(
          body.getString("site", ""),
          SiteClass.valueOf(siteClass.toUpperCase(Locale.ROOT)),
          body.getString("address", ""),
          body.getString("geographicCode", ""),
          number(body, "latitude"),
          number(body, "longitude"),
          number(body, "heightMetres"),
          number(body, "azimuthDegrees"),
          number(body, "viewAngleDegrees"),
          body.getString("unit", ""));
    } catch (VmsException e) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e)
          .with(Problem.FIELD, pointer);
    }
  }

  private static @Nullable Double number(JsonObject body, String field) {
    return body.getDouble(field);
  }
}
