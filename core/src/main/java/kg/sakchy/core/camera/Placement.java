package kg.sakchy.core.camera;

import java.util.List;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera stands and what it looks at. Texts are as people wrote them, empty where unknown.
 *
 * @param site name of the site, for example a school
 * @param siteClass what kind of place
 * @param address postal address
 * @param geographicCode code of the place in the state's classifier of territories
 * @param latitude degrees north, WGS 84, or null
 * @param longitude degrees east, WGS 84, or null
 * @param heightMetres mounting height above the ground, or null
 * @param azimuthDegrees direction of the optical axis (of a dome: of pan 0), clockwise from north,
 *     0 to under 360, or null
 * @param viewAngleDegrees horizontal angle of view at the widest, over 0 to 360, or null
 * @param unit who is responsible
 */
public record Placement(
    String site,
    SiteClass siteClass,
    String address,
    String geographicCode,
    @Nullable Double latitude,
    @Nullable Double longitude,
    @Nullable Double heightMetres,
    @Nullable Double azimuthDegrees,
    @Nullable Double viewAngleDegrees,
    String unit) {
  private static final int TEXT = 300;

  public Placement {
    for (String text : List.of(site, address, geographicCode, unit)) {
      require(text.length() <= TEXT, "a text of the placement has at most 300 characters");
    }
    require(in(latitude, -90, 90), "latitude is -90 to 90 degrees");
    require(in(longitude, -180, 180), "longitude is -180 to 180 degrees");
    require((latitude == null) == (longitude == null), "latitude and longitude go together");
    require(in(heightMetres, -100, 1000), "the mounting height is -100 to 1000 metres");
    require(
        in(azimuthDegrees, 0, 360) && (azimuthDegrees == null || azimuthDegrees < 360),
        "the azimuth is 0 to under 360 degrees");
    require(
        in(viewAngleDegrees, 0, 360) && (viewAngleDegrees == null || viewAngleDegrees > 0),
        "the angle of view is over 0 to 360 degrees");
  }

  private static boolean in(@Nullable Double value, double least, double most) {
    return value == null || (value >= least && value <= most);
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, otherwise);
    }
  }
}
