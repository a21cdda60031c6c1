package kg.sakchy.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/**
 * Holds the arrows of {@code design/overview.md}: which module may use which, and which library
 * stays behind which wall.
 */
@AnalyzeClasses(packages = "kg.sakchy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule arrowsOfThePlan =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("core")
          .definedBy("kg.sakchy.core..")
          .layer("media")
          .definedBy("kg.sakchy.media..")
          .layer("media-ffmpeg")
          .definedBy("kg.sakchy.ffmpeg..")
          .layer("camera-sim")
          .definedBy("kg.sakchy.sim..")
          .layer("onvif-adapter")
          .definedBy("kg.sakchy.onvif..")
          .layer("rtsp-gateway")
          .definedBy("kg.sakchy.gateway..")
          .layer("recorder")
          .definedBy("kg.sakchy.recorder..")
          .layer("storage")
          .definedBy("kg.sakchy.storage..")
          .layer("web-api")
          .definedBy("kg.sakchy.web..")
          .layer("vms-server")
          .definedBy("kg.sakchy.server..")
          .whereLayer("core")
          .mayNotAccessAnyLayer()
          .whereLayer("media")
          .mayOnlyAccessLayers("core")
          .whereLayer("media-ffmpeg")
          .mayOnlyAccessLayers("media", "core")
          .whereLayer("camera-sim")
          .mayOnlyAccessLayers("media", "core")
          .whereLayer("onvif-adapter")
          .mayOnlyAccessLayers("core")
          .whereLayer("rtsp-gateway")
          .mayOnlyAccessLayers("media", "core")
          .whereLayer("recorder")
          .mayOnlyAccessLayers("media", "media-ffmpeg", "core")
          .whereLayer("storage")
          .mayOnlyAccessLayers("core")
          .whereLayer("web-api")
          .mayOnlyAccessLayers("media", "core")
          .whereLayer("vms-server")
          .mayNotBeAccessedByAnyLayer();

  /** Sub-packages count as one with their parent: a factory and what it makes know each other. */
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("kg.sakchy.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyMediaFfmpegSeesFfmpeg =
      noClasses()
          .that()
          .resideOutsideOfPackage("kg.sakchy.ffmpeg..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule onlyStorageSeesTheDatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("kg.sakchy.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..");

  @ArchTest
  static final ArchRule onlyStorageSeesMinio =
      noClasses()
          .that()
          .resideOutsideOfPackage("kg.sakchy.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.minio..");

  @ArchTest
  static final ArchRule onlyTheWebSeesVertx =
      noClasses()
          .that()
          .resideOutsideOfPackage("kg.sakchy.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule mediaIsPure =
      noClasses()
          .that()
          .resideInAPackage("kg.sakchy.media..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net.http..", "java.util.concurrent..", "io.netty..", "org.slf4j..");

  /** Except in the simulator, whose faults are words of the protocol. */
  @ArchTest
  static final ArchRule errorsAreOurs =
      classes()
          .that()
          .areAssignableTo(RuntimeException.class)
          .and()
          .resideInAPackage("kg.sakchy..")
          .and()
          .resideOutsideOfPackage("kg.sakchy.sim..")
          .should()
          .haveFullyQualifiedName("kg.sakchy.core.error.VmsException");
}
