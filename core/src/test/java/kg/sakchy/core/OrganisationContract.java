package kg.sakchy.core;

import static kg.sakchy.core.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.camera.CameraId;
import kg.sakchy.core.camera.SiteClass;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.organisation.Organisation.Draft;
import kg.sakchy.core.organisation.SearchText;
import kg.sakchy.core.organisation.Unit;
import kg.sakchy.core.organisation.UnitId;
import kg.sakchy.core.organisation.UnitKind;
import kg.sakchy.core.organisation.UnitPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Organisation} promises together with its cameras. A test class implements it
 * and names both.
 */
public interface OrganisationContract {
  UnitId NOBODY = new UnitId(1L << 60);

  /** The organisation under test, with nothing below the top at the beginning of each test. */
  Organisation organisation();

  /** The cameras of the same server. */
  CameraDirectory cameras();

  /** A region of a name. */
  static Draft region(String name) {
    return new Draft(UnitKind.REGION, name, null, "", "", "", "");
  }

  /** A district of a name. */
  static Draft district(String name) {
    return new Draft(UnitKind.DISTRICT, name, null, "", "", "", "");
  }

  /** A school of a name. */
  static Draft school(String name) {
    return new Draft(UnitKind.SITE, name, SiteClass.SCHOOL, "", "", "", "");
  }

  @Test
  default void theTopIsThere() {
    Unit top = organisation().find(UnitId.ROOT).orElseThrow();
    assertThat(top.path()).isEqualTo(UnitPath.TOP);
    assertThat(top.kind()).isEqualTo(UnitKind.MINISTRY);
    assertThat(organisation().below(UnitId.ROOT, null, 10)).isEmpty();
    assertThat(organisation().find(NOBODY)).isEmpty();
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().delete(UnitId.ROOT));
  }

  @Test
  default void keepsEveryField() {
    Unit north = organisation().create(UnitId.ROOT, region("Север"));
    Draft draft =
        new Draft(
            UnitKind.SITE,
            "Школа №5 \"Гагарин\" % _ \\",
            SiteClass.SCHOOL,
            "ул. Токтогула, 12",
            "41711000000000",
            "1-02-03-0004-0005",
            "Асанов А.");
    Unit school = organisation().create(north.id(), draft);
    assertThat(school.draft()).isEqualTo(draft);
    assertThat(school.version()).isEqualTo(1);
    assertThat(school.path()).isEqualTo(UnitPath.TOP.to(north.id()).to(school.id()));
    assertThat(organisation().find(school.id())).contains(school);
    assertThat(organisation().below(north.id(), null, 10)).containsExactly(school);
    assertThat(organisation().below(UnitId.ROOT, null, 10)).containsExactly(north);
    for (SiteClass siteClass : SiteClass.values()) {
      Draft site = new Draft(UnitKind.SITE, siteClass.code(), siteClass, "", "", "", "");
      assertThat(organisation().create(north.id(), site).siteClass()).isEqualTo(siteClass);
    }
  }

  @Test
  default void levelsKeepTheirOrder() {
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    UnitId school = organisation().create(north, school("School")).id();
    assertFails(
        ErrorKind.FAILED_PRECONDITION, () -> organisation().create(north, region("Region")));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().create(school, school("In")));
    assertFails(
        ErrorKind.FAILED_PRECONDITION,
        () ->
            organisation()
                .create(UnitId.ROOT, new Draft(UnitKind.MINISTRY, "Second", null, "", "", "", "")));
    assertFails(ErrorKind.NOT_FOUND, () -> organisation().create(NOBODY, region("Lost")));
  }

  @Test
  default void aNameStandsOnceBelowAUnit() {
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    UnitId south = organisation().create(UnitId.ROOT, region("South")).id();
    UnitId school = organisation().create(north, school("Ｓchool №5")).id();
    assertFails(ErrorKind.CONFLICT, () -> organisation().create(north, school("SCHOOL No5")));
    Unit other = organisation().create(south, school("School No5"));
    assertFails(ErrorKind.CONFLICT, () -> organisation().move(other.id(), north));
    Unit renamed = organisation().change(other.id(), other.version(), school("School 6"));
    assertThat(organisation().move(renamed.id(), north).path().isWithin(north)).isTrue();
    assertFails(
        ErrorKind.CONFLICT,
        () -> organisation().change(other.id(), renamed.version() + 1, school("school no5")));
    Unit itself = organisation().find(school).orElseThrow();
    assertThat(organisation().change(school, itself.version(), school("SCHOOL №5")).name())
        .isEqualTo("SCHOOL №5");
  }

  @Test
  default void aChangeCountsTheVersion() {
    Unit top = organisation().find(UnitId.ROOT).orElseThrow();
    Draft named = new Draft(UnitKind.MINISTRY, "Министерство", null, "Бишкек", "", "", "");
    Unit changed = organisation().change(UnitId.ROOT, top.version(), named);
    assertThat(changed.version()).isEqualTo(top.version() + 1);
    assertThat(organisation().find(UnitId.ROOT)).contains(changed);
    assertFails(ErrorKind.CONFLICT, () -> organisation().change(UnitId.ROOT, top.version(), named));
    assertFails(ErrorKind.NOT_FOUND, () -> organisation().change(NOBODY, 1, named));
    assertFails(
        ErrorKind.FAILED_PRECONDITION,
        () -> organisation().change(UnitId.ROOT, changed.version(), region("Region")));
  }

  @Test
  default void aMoveTakesEverythingBelowAlong() {
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    UnitId south = organisation().create(UnitId.ROOT, region("South")).id();
    UnitId district = organisation().create(north, district("District")).id();
    UnitId school = organisation().create(district, school("School")).id();
    UnitId beside = organisation().create(north, school("Beside")).id();
    cameras().create(SampleDevices.camera("gate", 1));
    organisation().assign(new CameraId("gate"), school);
    Unit moved = organisation().move(district, south);
    assertThat(moved.path()).isEqualTo(UnitPath.TOP.to(south).to(district));
    assertThat(moved.version()).isEqualTo(2);
    assertThat(organisation().find(district)).contains(moved);
    assertThat(organisation().find(school).orElseThrow().path()).isEqualTo(moved.path().to(school));
    assertThat(organisation().pathOf(new CameraId("gate"))).isEqualTo(moved.path().to(school));
    assertThat(organisation().find(beside).orElseThrow().path().isWithin(north)).isTrue();
    assertThat(organisation().below(south, null, 10)).containsExactly(moved);
    assertThat(organisation().below(north, null, 10)).extracting(Unit::id).containsExactly(beside);
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().move(south, school));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().move(south, south));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().move(UnitId.ROOT, south));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().move(north, south));
    assertFails(ErrorKind.NOT_FOUND, () -> organisation().move(NOBODY, south));
    assertFails(ErrorKind.NOT_FOUND, () -> organisation().move(district, NOBODY));
  }

  @Test
  default void whatIsMadeWhileItsParentMovesGoesAlong() throws Exception {
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    UnitId south = organisation().create(UnitId.ROOT, region("South")).id();
    UnitId district = organisation().create(north, district("District")).id();
    List<Callable<Unit>> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "School " + i;
      UnitId to = i % 2 == 0 ? south : north;
      tasks.add(() -> organisation().create(district, school(name)));
      tasks.add(() -> organisation().move(district, to));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Unit> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
    UnitPath now = organisation().find(district).orElseThrow().path();
    List<Unit> schools = organisation().below(district, null, 100);
    assertThat(schools).hasSize(20);
    assertThat(schools).allMatch(unit -> unit.path().equals(now.to(unit.id())));
  }

  @Test
  default void onlyEmptyUnitsAreDeleted() {
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    UnitId school = organisation().create(north, school("School")).id();
    cameras().create(SampleDevices.camera("gate", 1));
    organisation().assign(new CameraId("gate"), school);
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().delete(north));
    assertFails(ErrorKind.FAILED_PRECONDITION, () -> organisation().delete(school));
    cameras().delete(new CameraId("gate"));
    organisation().delete(school);
    organisation().delete(north);
    assertThat(organisation().find(north)).isEmpty();
    assertFails(ErrorKind.NOT_FOUND, () -> organisation().delete(north));
    assertThat(organisation().create(UnitId.ROOT, region("North")).id()).isGreaterThan(school);
  }

  @Test
  default void camerasBelongToTheTopUntilSomebodyAssignsThem() {
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    UnitId school = organisation().create(north, school("School")).id();
    for (String id : List.of("c", "a", "b", "d")) {
      cameras().create(SampleDevices.camera(id, 1));
    }
    assertThat(organisation().pathOf(new CameraId("a"))).isEqualTo(UnitPath.TOP);
    assertThat(organisation().pathOf(new CameraId("gone"))).isEqualTo(UnitPath.TOP);
    organisation().assign(new CameraId("b"), school);
    organisation().assign(new CameraId("d"), north);
    organisation().assign(new CameraId("a"), school);
    assertThat(ids(organisation().cameras(UnitId.ROOT, null, 10)))
        .containsExactly("a", "b", "c", "d");
    assertThat(ids(organisation().cameras(UnitId.ROOT, new CameraId("a"), 2)))
        .containsExactly("b", "c");
    assertThat(ids(organisation().cameras(north, null, 10))).containsExactly("a", "b", "d");
    assertThat(ids(organisation().cameras(school, new CameraId("a"), 10))).containsExactly("b");
    assertThat(organisation().cameras(NOBODY, null, 10)).isEmpty();
    organisation().assign(new CameraId("b"), north);
    assertThat(ids(organisation().cameras(school, null, 10))).containsExactly("a");
    assertFails(ErrorKind.NOT_FOUND, () -> organisation().assign(new CameraId("nobody"), school));
    assertFails(ErrorKind.NOT_FOUND, () -> organisation().assign(new CameraId("a"), NOBODY));
    cameras().delete(new CameraId("a"));
    cameras().create(SampleDevices.camera("a", 1));
    assertThat(organisation().pathOf(new CameraId("a"))).isEqualTo(UnitPath.TOP);
  }

  @Test
  default void listsAndFindsPagesInTheOrderOfIds() {
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    UnitId south = organisation().create(UnitId.ROOT, region("South")).id();
    List<UnitId> schools = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      schools.add(organisation().create(i % 2 == 0 ? north : south, school("School " + i)).id());
    }
    List<UnitId> inNorth = List.of(schools.get(0), schools.get(2), schools.get(4), schools.get(6));
    assertThat(all(after -> organisation().below(north, after, 3))).isEqualTo(inNorth);
    assertThat(all(after -> organisation().search("school", UnitId.ROOT, after, 2)))
        .isEqualTo(schools);
    assertThat(all(after -> organisation().search("school", north, after, 3))).isEqualTo(inNorth);
    assertThat(all(after -> organisation().search("", south, after, 1)))
        .containsExactly(south, schools.get(1), schools.get(3), schools.get(5));
    assertThat(organisation().search("school", NOBODY, null, 10)).isEmpty();
  }

  @Test
  default void findsWhatPeopleTakeForTheSame() {
    UnitId school =
        organisation()
            .create(
                UnitId.ROOT,
                new Draft(
                    UnitKind.SITE,
                    "ШКОЛА №5 «Гагарин» Ｗide ﬁn",
                    SiteClass.SCHOOL,
                    "ул. Токтогула, 12_а",
                    "41711",
                    "1-02-100%",
                    "Өмүрбек Ысаков"))
            .id();
    for (String found :
        List.of(
            "школа",
            " Школа №5 ",
            "no5 «ГАГАРИН»",
            "wide FIN",
            "токтогула, 12_А",
            "41711",
            "02-100%",
            "өмүрбек ЫСАКОВ",
            "ө",
            "5",
            "")) {
      assertThat(organisation().search(found, UnitId.ROOT, null, 10))
          .as(found)
          .extracting(Unit::id)
          .contains(school);
    }
    for (String other : List.of("шкода", "12%а", "1_-02", "гагарин5", "school", "5 41711")) {
      assertThat(organisation().search(other, school, null, 10)).as(other).isEmpty();
    }
    assertFails(
        ErrorKind.INVALID_ARGUMENT,
        () -> organisation().search("x".repeat(SearchText.MAX_CHARS + 1), UnitId.ROOT, null, 10));
    Unit old = organisation().find(school).orElseThrow();
    organisation().change(school, old.version(), school("Лицей"));
    assertThat(organisation().search("гагарин", UnitId.ROOT, null, 10)).isEmpty();
    assertThat(organisation().search("ЛИЦЕЙ", UnitId.ROOT, null, 10)).hasSize(1);
  }

  @Test
  default void onlyOneOfManyTakesAName() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tasks.add(
          () -> {
            try {
              organisation().create(UnitId.ROOT, region("North"));
              return true;
            } catch (VmsException e) {
              assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
              return false;
            }
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int won = 0;
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        won += done.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  default void tellsOfChanges() {
    AtomicInteger told = new AtomicInteger();
    organisation().onChange(told::incrementAndGet);
    UnitId north = organisation().create(UnitId.ROOT, region("North")).id();
    assertThat(told).hasValue(1);
    assertFails(ErrorKind.CONFLICT, () -> organisation().create(UnitId.ROOT, region("North")));
    assertThat(told).hasValue(1);
    organisation().change(north, 1, region("Nord"));
    organisation().delete(north);
    assertThat(told).hasValue(3);
  }

  private static List<String> ids(List<CameraId> cameras) {
    return cameras.stream().map(CameraId::value).toList();
  }

  private static List<UnitId> all(Page page) {
    List<UnitId> all = new ArrayList<>();
    List<Unit> next = page.after(null);
    while (!next.isEmpty()) {
      next.forEach(unit -> all.add(unit.id()));
      next = page.after(all.getLast());
    }
    return all;
  }

  /** Asks for the units after one. */
  @FunctionalInterface
  interface Page {
    List<Unit> after(@Nullable UnitId after);
  }
}
