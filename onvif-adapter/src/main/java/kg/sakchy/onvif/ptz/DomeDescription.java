package kg.sakchy.onvif.ptz;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.soap.DeviceSession;
import org.jspecify.annotations.Nullable;

/**
 * What a dome can do, as its node and its configuration say, and how its numbers are read. Each
 * movement is empty where the camera does not have it; ranges of nothing count as not having it.
 *
 * @param node the moving part
 * @param options with its limits
 * @param spaces what it takes, with the ranges that hold
 * @param lens what is known of the lens
 * @param positions space of positions, degrees before generic
 * @param zoomPositions space of zoom positions, focal lengths before generic
 * @param velocities space of speeds
 * @param zoomVelocities space of zoom speeds
 * @param steps generic space of steps
 * @param zoomSteps generic space of zoom steps
 * @param pictureSteps space of steps in parts of the picture
 */
record DomeDescription(
    PtzNode node,
    PtzOptions options,
    PtzSpaces spaces,
    Lens lens,
    Optional<PanTiltSpace> positions,
    Optional<ZoomSpace> zoomPositions,
    Optional<PanTiltSpace> velocities,
    Optional<ZoomSpace> zoomVelocities,
    Optional<PanTiltSpace> steps,
    Optional<ZoomSpace> zoomSteps,
    Optional<PanTiltSpace> pictureSteps) {
  /** Domes that do not count in degrees and tell no more are taken to turn a full circle. */
  static final double SWEEP_DEGREES = 360;

  /** What the ends of a tilt range mean where it is no degrees and nothing tells more. */
  static final FloatRange TILT_SWEEP = new FloatRange(-90, 90);

  /**
   * Asks a camera. Options are, although mandatory, missing on some; the node speaks then.
   *
   * @throws VmsException UNSUPPORTED if it cannot move
   */
  static DomeDescription read(DeviceSession session, String profile, Lens lens) {
    List<PtzNode> nodes = session.call(PtzRequests.nodes(), PtzReader::nodes);
    PtzConfiguration configuration = configuration(session, profile);
    PtzNode node = node(nodes, configuration);
    PtzOptions options =
        configuration == null
            ? PtzOptions.NONE
            : optional(
                () -> session.call(PtzRequests.options(configuration.token()), PtzReader::options),
                PtzOptions.NONE);
    return of(node, options, lens);
  }

  private static @Nullable PtzConfiguration configuration(DeviceSession session, String profile) {
    List<PtzConfiguration> all =
        optional(
            () -> session.call(PtzRequests.configurations(), PtzReader::configurations), List.of());
    if (all.size() > 1) {
      List<PtzConfiguration> fitting =
          optional(
              () ->
                  session.call(
                      PtzRequests.compatibleConfigurations(profile), PtzReader::configurations),
              List.of());
      return fitting.isEmpty() ? all.getFirst() : fitting.getFirst();
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  private static PtzNode node(List<PtzNode> nodes, @Nullable PtzConfiguration configuration) {
    String wanted = configuration == null ? "" : configuration.nodeToken();
    return nodes.stream()
        .filter(node -> node.token().equals(wanted))
        .findFirst()
        .or(() -> nodes.stream().findFirst())
        .orElseThrow(() -> new VmsException(ErrorKind.UNSUPPORTED, "the camera cannot be steered"));
  }

  /** An answer a camera owes us but may not have: any refusal is as good as an empty answer. */
  private static <T> T optional(Supplier<T> call, T otherwise) {
    try {
      return call.get();
    } catch (VmsException e) {
      return switch (e.kind()) {
        case UNAVAILABLE, TIMEOUT, UNAUTHENTICATED, CANCELLED -> throw e;
        default -> otherwise;
      };
    }
  }

  static DomeDescription of(PtzNode node, PtzOptions options, Lens lens) {
    PtzSpaces spaces = options.spaces().orElse(node.spaces());
    return new DomeDescription(
        node,
        options,
        spaces,
        lens,
        PtzSpaces.panTilt(
            spaces.absolutePanTilt(), SpaceNames.POSITION_SPHERICAL, SpaceNames.POSITION_GENERIC),
        PtzSpaces.zoom(
                spaces.absoluteZoom(),
                SpaceNames.ZOOM_POSITION_MILLIMETRES,
                SpaceNames.ZOOM_POSITION_GENERIC)
            .filter(space -> space.range().isFinite()),
        PtzSpaces.panTilt(spaces.continuousPanTilt(), SpaceNames.VELOCITY_GENERIC),
        PtzSpaces.zoom(spaces.continuousZoom(), SpaceNames.ZOOM_VELOCITY_GENERIC),
        PtzSpaces.panTilt(spaces.relativePanTilt(), SpaceNames.TRANSLATION_GENERIC),
        PtzSpaces.zoom(spaces.relativeZoom(), SpaceNames.ZOOM_TRANSLATION_GENERIC),
        PtzSpaces.panTilt(spaces.relativePanTilt(), SpaceNames.TRANSLATION_FOV));
  }

  /**
   * The space a status is told in, which need not be the one we send in.
   *
   * @param told its name; null or empty for the camera's default, which is the generic one
   */
  Optional<PanTiltSpace> statusSpace(@Nullable String told) {
    return told == null || told.isEmpty()
        ? PtzSpaces.panTilt(spaces.absolutePanTilt(), SpaceNames.POSITION_GENERIC)
            .or(() -> positions)
        : PtzSpaces.panTilt(spaces.absolutePanTilt(), told);
  }

  /** As {@link #statusSpace}, for zoom. */
  Optional<ZoomSpace> statusZoomSpace(@Nullable String told) {
    return told == null || told.isEmpty()
        ? PtzSpaces.zoom(spaces.absoluteZoom(), SpaceNames.ZOOM_POSITION_GENERIC)
            .or(() -> zoomPositions)
        : PtzSpaces.zoom(spaces.absoluteZoom(), told);
  }

  PanScale pan(PanTiltSpace space) {
    double sweep =
        inDegrees()
            .map(PanTiltSpace::pan)
            .filter(range -> range.isFinite() && range.min() == -range.max())
            .map(FloatRange::width)
            .orElse(SWEEP_DEGREES);
    return PanScale.of(space, sweep);
  }

  TiltScale tilt(PanTiltSpace space) {
    FloatRange sweep =
        inDegrees().map(PanTiltSpace::tilt).filter(FloatRange::isFinite).orElse(TILT_SWEEP);
    return TiltScale.of(space, sweep);
  }

  /** Where a camera also counts degrees, their ends are what the ends of its other ranges mean. */
  private Optional<PanTiltSpace> inDegrees() {
    return PtzSpaces.panTilt(spaces.absolutePanTilt(), SpaceNames.POSITION_SPHERICAL);
  }

  /**
   * How the numbers of a zoom space are read. Where the camera also counts focal lengths, those
   * tell how far its other ranges reach.
   */
  ZoomScale zoom(ZoomSpace space) {
    Optional<FloatRange> lengths =
        PtzSpaces.zoom(spaces.absoluteZoom(), SpaceNames.ZOOM_POSITION_MILLIMETRES)
            .map(ZoomSpace::range)
            .filter(range -> range.isFinite() && range.min() > 0 && range.width() > 0);
    boolean tellsLengths = space.uri().equals(SpaceNames.ZOOM_POSITION_MILLIMETRES);
    return lengths.isEmpty() || tellsLengths || lens.zoomCurve().size() > 1
        ? ZoomScale.of(space, lens)
        : new ZoomScale.Geometric(space.range(), lengths.get().max() / lengths.get().min());
  }

  /** What the lens sees at a zoom factor. */
  FieldOfView fieldOfView(double zoomFactor) {
    return FieldOfView.wide(lens.wideDegrees()).zoomed(Math.max(1, zoomFactor));
  }
}
