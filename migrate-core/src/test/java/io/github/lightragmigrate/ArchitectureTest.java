package io.github.lightragmigrate;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What knows what. What no published module may do is in interop's {@code PublishedRulesTest}. */
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
          .mayOnlyBeAccessedByLayers("transfer", "verify", "migration")
          .whereLayer("reading")
          .mayOnlyBeAccessedByLayers("transfer", "verify", "migration")
          .whereLayer("checkpoint")
          .mayOnlyBeAccessedByLayers("transfer", "migration")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers(
              "progress", "checkpoint", "transfer", "verify", "replay", "migration")
          .whereLayer("progress")
          .mayOnlyBeAccessedByLayers("retry", "transfer", "migration");
}
