package io.github.lightragmigrate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.lightragmigrate",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("spi")
          .definedBy("..spi..")
          .layer("progress")
          .definedBy("..progress..")
          .layer("report")
          .definedBy("..report..")
          .layer("checkpoint")
          .definedBy("..checkpoint..")
          .layer("retry")
          .definedBy("..retry..")
          .layer("worker")
          .definedBy("..worker..")
          .layer("reading")
          .definedBy("..reading..")
          .layer("transfer")
          .definedBy("..transfer..")
          .layer("verify")
          .definedBy("..verify..")
          .layer("replay")
          .definedBy("..replay..")
          .layer("migration")
          .definedBy("..migration..")
          .whereLayer("migration")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("verify")
          .mayOnlyBeAccessedByLayers("migration")
          .whereLayer("replay")
          .mayOnlyBeAccessedByLayers("migration")
          .whereLayer("transfer")
          .mayOnlyBeAccessedByLayers("verify", "migration")
          .whereLayer("retry")
          .mayOnlyBeAccessedByLayers("reading", "transfer", "verify", "migration")
          .whereLayer("worker")
          .mayOnlyBeAccessedByLayers("transfer", "verify")
          .whereLayer("reading")
          .mayOnlyBeAccessedByLayers("transfer", "verify", "migration")
          .whereLayer("checkpoint")
          .mayOnlyBeAccessedByLayers("transfer", "migration")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers(
              "progress", "checkpoint", "transfer", "verify", "replay", "migration")
          .whereLayer("progress")
          .mayOnlyBeAccessedByLayers("retry", "transfer", "migration");

  @ArchTest
  static final ArchRule NO_ENVIRONMENT =
      noClasses()
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("an embedder's settings are those that it gives");

  @ArchTest
  static final ArchRule NO_PROCESS =
      noClasses()
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "addShutdownHook", Thread.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("the process and its output are the embedder's");

  @ArchTest
  static final ArchRule NO_LOGGING =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.slf4j..",
              "java.util.logging..",
              "org.apache.logging..",
              "org.apache.commons.logging..")
          .because(
              "listener and report tell everything, and force no logging framework on anybody");
}
