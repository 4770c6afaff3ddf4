package io.github.lightragmigrate.embedding;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What no published module may do inside another program. */
@AnalyzeClasses(
    packages = "io.github.lightragmigrate",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PublishedRulesTest {

  private static final DescribedPredicate<JavaClass> PUBLISHED =
      resideOutsideOfPackages("..cli..", "..testservers..", "..opensearchnode..")
          .as("are published");

  @ArchTest
  static final ArchRule NO_PROCESS =
      noClasses()
          .that(PUBLISHED)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "addShutdownHook", Thread.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "setProperty", String.class, String.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("the process, its environment and its output are the embedder's");

  @ArchTest
  static final ArchRule NO_LOGGING =
      noClasses()
          .that(PUBLISHED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.slf4j..",
              "java.util.logging..",
              "org.apache.logging..",
              "org.apache.commons.logging..")
          .because("listener, report, notices and exceptions tell everything");

  @ArchTest
  static final ArchRule SPI_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..json..", "..redis..", "..postgres..", "..mongo..", "..opensearch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.lightragmigrate.migration..",
              "io.github.lightragmigrate.transfer..",
              "io.github.lightragmigrate.report..",
              "io.github.lightragmigrate.progress..",
              "io.github.lightragmigrate.cli..")
          .because("an adapter knows the SPI and its driver");
}
