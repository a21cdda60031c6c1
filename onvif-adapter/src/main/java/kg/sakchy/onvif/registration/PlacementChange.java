package kg.sakchy.onvif.registration;

import kg.sakchy.core.camera.Placement;
import kg.sakchy.core.camera.SiteClass;
import org.jspecify.annotations.Nullable;

/**
 * What a row says about where a camera stands; null where it says nothing. See {@link Placement}
 * for the units.
 */
record PlacementChange(
    @Nullable String site,
    @Nullable SiteClass siteClass,
    @Nullable String address,
    @Nullable String geographicCode,
    @Nullable Double latitude,
    @Nullable Double longitude,
    @Nullable Double heightMetres,
    @Nullable Double azimuthDegrees,
    @Nullable Double viewAngleDegrees,
    @Nullable String unit) {
  static final Placement NOWHERE =
      new Placement("", SiteClass.OTHER, "", "", null, null, null, null, null, "");

  /**
   * The placement after the change: what the row does not say stays.
   *
   * @param before or null; then it is null afterwards too when the row says nothing
   */
  @Nullable Placement applyTo(@Nullable Placement before) {
    Placement old = before == null ? NOWHERE : before;
    Placement changed =
        new Placement(
            or(site, old.site()),
            or(siteClass, old.siteClass()),
            or(address, old.address()),
            or(geographicCode, old.geographicCode()),
            latitude == null ? old.latitude() : latitude,
            longitude == null ? old.longitude() : longitude,
            heightMetres == null ? old.heightMetres() : heightMetres,
            azimuthDegrees == null ? old.azimuthDegrees() : azimuthDegrees,
            viewAngleDegrees == null ? old.viewAngleDegrees() : viewAngleDegrees,
            or(unit, old.unit()));
    return before == null && changed.equals(NOWHERE) ? null : changed;
  }

  private static <T> T or(@Nullable T said, T before) {
    return said == null ? before : said;
  }
}
