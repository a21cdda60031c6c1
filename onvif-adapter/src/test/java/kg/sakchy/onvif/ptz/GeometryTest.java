package kg.sakchy.onvif.ptz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import kg.sakchy.onvif.ptz.FieldOfView.Direction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final FloatRange TILT = new FloatRange(-90, 90);

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "170, -170, 20",
    "-170, 170, -20",
    "10, 350, -20",
    "0, 180, -180",
    "90, 91, 1",
    "720, 5, 5",
  })
  void turnsTheShortWay(double from, double to, double turn) {
    assertThat(Degrees.shortestTurn(from, to)).isEqualTo(turn, CLOSE);
  }

  @ParameterizedTest
  @CsvSource({
    // range of the camera, where it is, wanted direction, number to send
    "-180, 180, 170, -170, -170",
    "0, 360, 350, 10, 10",
    "0, 360, 10, -10, 350",
    "-Infinity, Infinity, 350, 10, 370",
    "-Infinity, Infinity, -3590, 20, -3580",
    "-540, 540, 530, -160, 200", // 560 would be nearer, but is out of range
    "-170, 170, 0, 175, 170",
    "-170, 170, 0, -175, -170",
    "0, 350, 340, 357, 0", // the end that looks nearer to it
  })
  void choosesTheTurnThatTheCameraCanMake(
      double min, double max, double from, double direction, double number) {
    assertThat(Degrees.within(new FloatRange(min, max), from, direction)).isEqualTo(number, CLOSE);
  }

  @ParameterizedTest
  @CsvSource({
    // generic spaces as cameras really give them: pan range, tilt range, and the numbers for 90/-45
    "-1, 1, -1, 1, 0.5, -0.5",
    "-100, 100, -100, 100, 50, -50",
    "0, 360, -90, 90, 90, -45",
    "-180, 180, -20, 90, 90, -20",
    "0, 1, 0, 1, 0.75, 0.25",
    "-1.8, 1.8, -1, 1, 0.9, -0.5",
  })
  void interpolatesWhatCamerasCallGeneric(
      double panMin, double panMax, double tiltMin, double tiltMax, double pan, double tilt) {
    PanTiltSpace space =
        new PanTiltSpace(
            SpaceNames.POSITION_GENERIC,
            new FloatRange(panMin, panMax),
            new FloatRange(tiltMin, tiltMax));
    PanScale panScale = PanScale.of(space, 360);
    TiltScale tiltScale = TiltScale.of(space, TILT);
    assertThat(panScale.toCamera(panMin, 90)).isEqualTo(pan, CLOSE);
    assertThat(panScale.toDirection(pan)).isEqualTo(90, CLOSE);
    assertThat(tiltScale.toCamera(-45)).isEqualTo(tilt, CLOSE);
  }

  @Test
  void aSweepOfLessThanACircleHasADeadAngle() {
    PanTiltSpace space =
        new PanTiltSpace(SpaceNames.POSITION_GENERIC, FloatRange.SYMMETRIC, FloatRange.SYMMETRIC);
    PanScale scale = PanScale.of(space, 340);
    assertThat(scale.toCamera(0, 175)).isEqualTo(1, CLOSE);
    assertThat(scale.toCamera(0, -85)).isEqualTo(-0.5, CLOSE);
  }

  @Test
  void focalLengthsTellTheFactorExactly() {
    ZoomScale scale = new ZoomScale.FocalLength(new FloatRange(4.3, 120.4));
    assertThat(scale.maxFactor()).isEqualTo(28, within(1e-9));
    assertThat(scale.toCamera(10)).isEqualTo(43, within(1e-9));
    assertThat(scale.toFactor(43)).isEqualTo(10, within(1e-9));
    assertThat(scale.toCamera(99)).isEqualTo(120.4, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 28, 1", "0, 1, 14.5, 0.5", "0, 28, 28, 28", "0, 28, 1, 0", "1, 28, 7, 7"})
  void dividesAnUnknownZoomRangeEvenly(double min, double max, double factor, double number) {
    ZoomScale scale = new ZoomScale.Linear(new FloatRange(min, max), 28);
    assertThat(scale.toCamera(factor)).isEqualTo(number, CLOSE);
    assertThat(scale.toFactor(number)).isEqualTo(factor, CLOSE);
  }

  @Test
  void aMeasuredCurveIsFollowed() {
    ZoomScale scale =
        new ZoomScale.Measured(
            FloatRange.UNIT,
            List.of(
                new Lens.ZoomPoint(0, 1), new Lens.ZoomPoint(0.5, 4), new Lens.ZoomPoint(1, 30)));
    assertThat(scale.toCamera(2.5)).isEqualTo(0.25, CLOSE);
    assertThat(scale.toCamera(17)).isEqualTo(0.75, CLOSE);
    assertThat(scale.toCamera(0.2)).isEqualTo(0, CLOSE);
    assertThat(scale.toCamera(100)).isEqualTo(1, CLOSE);
    assertThat(scale.toFactor(0.75)).isEqualTo(17, CLOSE);
  }

  @Test
  void theFieldNarrowsAsTheLensZooms() {
    FieldOfView wide = FieldOfView.wide(60);
    assertThat(wide.verticalDegrees()).isEqualTo(35.98, within(0.01));
    // At small angles the factor is the ratio of the angles.
    assertThat(wide.zoomed(28).horizontalDegrees()).isEqualTo(2.362, within(0.01));
    assertThat(wide.zoomed(1).horizontalDegrees()).isEqualTo(60, CLOSE);
  }

  @Test
  void theEdgeOfTheLevelPictureIsHalfTheFieldAway() {
    Direction to = new FieldOfView(60, 34).towards(new Direction(10, 0), 1, 0);
    assertThat(to.panDegrees()).isEqualTo(40, CLOSE);
    assertThat(to.tiltDegrees()).isEqualTo(0, CLOSE);
    Direction up = new FieldOfView(60, 34).towards(new Direction(-175, -20), 0, -1);
    assertThat(up.panDegrees()).isEqualTo(-175, CLOSE);
    assertThat(up.tiltDegrees()).isEqualTo(-37, CLOSE);
  }

  @Test
  void straightDownASmallStepAsideIsAQuarterTurn() {
    Direction to = new FieldOfView(60, 34).towards(new Direction(0, -90), 0.1, 0);
    assertThat(to.panDegrees()).isEqualTo(90, within(1e-6));
    assertThat(to.tiltDegrees()).isEqualTo(-86.696, within(0.01));
  }

  /** Looking where towards() says must put the point in the middle: judged by vectors. */
  @Test
  void whatWasClickedIsInTheMiddleAfterwards() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    for (int i = 0; i < 500; i++) {
      FieldOfView field = FieldOfView.wide(random.nextDouble(1, 90));
      Direction from = new Direction(random.nextDouble(-180, 180), random.nextDouble(-89, 89));
      double x = random.nextDouble(-1, 1);
      double y = random.nextDouble(-1, 1);
      Direction to = field.towards(from, x, y);
      double[] seen = ray(from, field, x, y);
      double[] middle = ray(to, field, 0, 0);
      double cosine = 0;
      for (int axis = 0; axis < 3; axis++) {
        cosine += seen[axis] * middle[axis];
      }
      assertThat(cosine).isEqualTo(1, within(1e-9));
    }
  }

  /** Unit vector (north, east, up) of a point of the picture. */
  private static double[] ray(Direction from, FieldOfView field, double x, double y) {
    double pan = Math.toRadians(from.panDegrees());
    double tilt = Math.toRadians(from.tiltDegrees());
    double[] forward = {
      Math.cos(tilt) * Math.cos(pan), Math.cos(tilt) * Math.sin(pan), Math.sin(tilt)
    };
    double[] right = {-Math.sin(pan), Math.cos(pan), 0};
    double[] up = {
      -Math.sin(tilt) * Math.cos(pan), -Math.sin(tilt) * Math.sin(pan), Math.cos(tilt)
    };
    double a = x * Math.tan(Math.toRadians(field.horizontalDegrees() / 2));
    double b = y * Math.tan(Math.toRadians(field.verticalDegrees() / 2));
    double length = Math.sqrt(1 + a * a + b * b);
    double[] ray = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      ray[axis] = (forward[axis] + a * right[axis] + b * up[axis]) / length;
    }
    return ray;
  }

  @Test
  void speedsKeepTheirSignAndReachBothEnds() {
    FloatRange uneven = new FloatRange(-0.5, 1);
    assertThat(uneven.scale(-1)).isEqualTo(-0.5);
    assertThat(uneven.scale(0)).isEqualTo(0);
    assertThat(uneven.scale(0.5)).isEqualTo(0.5);
    assertThat(uneven.scale(7)).isEqualTo(1);
  }

  @Test
  void refusesARangeThatIsNone() {
    assertThatThrownBy(() -> new FloatRange(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The generic space says nothing of degrees; a camera that has both spaces does. */
  @Test
  void genericNumbersMeanWhatTheSphericalSpaceSays() {
    PanTiltSpace generic =
        new PanTiltSpace(SpaceNames.POSITION_GENERIC, FloatRange.SYMMETRIC, FloatRange.SYMMETRIC);
    PanTiltSpace spherical =
        new PanTiltSpace(
            SpaceNames.POSITION_SPHERICAL, new FloatRange(-170, 170), new FloatRange(-90, 15));
    DomeDescription dome = dome(List.of(generic, spherical));
    assertThat(dome.tilt(generic).toAngle(1)).isEqualTo(15);
    assertThat(dome.tilt(generic).toAngle(dome.tilt(generic).toCamera(0)))
        .isCloseTo(0, within(1e-9));
    assertThat(dome.pan(generic).toDirection(0.5)).isCloseTo(85, within(1e-9));
    assertThat(dome(List.of(generic)).tilt(generic).toAngle(1)).isEqualTo(90);
  }

  @Test
  void zoomNumbersReachAsFarAsTheFocalLengthsSay() {
    ZoomSpace generic = new ZoomSpace(SpaceNames.ZOOM_POSITION_GENERIC, FloatRange.UNIT);
    ZoomSpace lengths = new ZoomSpace(SpaceNames.ZOOM_POSITION_MILLIMETRES, new FloatRange(4, 64));
    PtzSpaces spaces =
        new PtzSpaces(
            List.of(), List.of(generic, lengths), List.of(), List.of(), List.of(), List.of());
    PtzNode node = new PtzNode("node", spaces, 0, false, 0, List.of());
    ZoomScale scale = DomeDescription.of(node, PtzOptions.NONE, Lens.ASSUMED).zoom(generic);
    assertThat(scale.toFactor(0)).isEqualTo(1);
    assertThat(scale.toFactor(0.5)).isCloseTo(4, within(1e-9));
    assertThat(scale.toFactor(1)).isCloseTo(16, within(1e-9));
    assertThat(scale.toCamera(4)).isCloseTo(0.5, within(1e-9));
    assertThat(scale.toCamera(100)).isEqualTo(1);
  }

  private static DomeDescription dome(List<PanTiltSpace> positions) {
    PtzSpaces spaces =
        new PtzSpaces(positions, List.of(), List.of(), List.of(), List.of(), List.of());
    PtzNode node = new PtzNode("node", spaces, 0, false, 0, List.of());
    return DomeDescription.of(node, PtzOptions.NONE, Lens.ASSUMED);
  }
}
