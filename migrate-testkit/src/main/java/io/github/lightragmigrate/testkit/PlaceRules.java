package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.scanAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a store is and how it is reached. */
interface PlaceRules extends Rules {

  @Test
  default void workspacesAreApart() {
    List<CacheRecord> mine = SampleRecords.usual(4);
    place().write(mine);
    try (CacheStore other = place().openOther()) {
      assertThat(other.workspace())
          .as("workspace() must be the one of the settings: open() resolves it (Workspaces)")
          .isEqualTo("other");
      Expect.count(other, 0, "none in a workspace of which only another has records");
      assertAllWritten(other.upsert(List.of(SampleRecords.usual("extract", "elsewhere"))), 1);
      other.flush();
      Expect.count(other, 1, "not those of another workspace");
    }
    try (CacheStore store = place().openSource()) {
      place().assertScanned(store, scanAll(store, LARGE), mine);
    }
  }

  @Test
  default void workspacesAreFound() {
    place().write(SampleRecords.usual(4));
    try (CacheStore other = place().openOther()) {
      assertAllWritten(other.upsert(SampleRecords.usual(2)), 2);
      other.flush();
    }
    try (CacheStore store = place().openSource()) {
      assertThat(store.workspaces())
          .as(
              "workspaces() must name each workspace that has a cache once, as workspace() has it:"
                  + " the doctor shows them")
          .contains(store.workspace(), "other")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  default void nothingThatIsWrittenHereIsLegacy() {
    place().write(SampleRecords.usual(4));
    try (CacheStore store = place().openSource()) {
      assertThat(store.countLegacy(Scans.DEFAULT))
          .as(
              "countLegacy() must count what is in a form of older LightRAG releases alone, and"
                  + " upsert() must not write that form")
          .isZero();
    }
  }

  @Test
  default void locationTellsPlacesApartAndHoldsNoSecret() {
    try (CacheStore one = place().openTarget();
        CacheStore again = place().openSource();
        CacheStore other = place().openOther()) {
      assertThat(one.location())
          .as(
              "location() must be the same for the same place: source and target are compared by"
                  + " it")
          .isEqualTo(again.location());
      assertThat(one.location())
          .as(
              "location() must hold the workspace too: else a migration from one to another is"
                  + " refused as one within the same place")
          .isNotEqualTo(other.location());
      for (Setting setting : place().adapter().settings()) {
        String secret = place().settings("").text(setting);
        if (setting.secret() && secret.length() > 3) {
          assertThat(one.location().contains(secret))
              .as(
                  "location() must not hold the secret setting %s: it is in reports and"
                      + " checkpoints",
                  setting.name())
              .isFalse();
        }
      }
    }
  }

  @Test
  default void aWorkspaceThatIsAPathIsRefused() {
    for (String workspace : List.of("a/b", "a\\b", "..", ".")) {
      String rule =
          "open() must refuse the workspace '%s' by a StoreException of kind SETTINGS that names it,"
                  .formatted(workspace)
              + " as LightRAG does: Workspaces.resolve and Workspaces.validate do so";
      assertThatThrownBy(
              () -> place().adapter().open(place().settings(workspace), Access.SOURCE).close(),
              "%s",
              rule)
          .isInstanceOfSatisfying(
              StoreException.class, e -> Expect.kind(rule, e, StoreException.Kind.SETTINGS))
          .hasMessageContaining(workspace);
    }
  }

  @Test
  default void settingsAreDescribed() {
    Set<String> names = new HashSet<>();
    for (Setting setting : place().adapter().settings()) {
      assertThat(setting.name())
          .as("settings() must have names of environment variables")
          .matches("[A-Z][A-Z0-9_]*");
      assertThat(names.add(setting.name()))
          .as("settings() must name %s once", setting.name())
          .isTrue();
      assertThat(setting.description())
          .as("settings() must describe %s: `migrate adapters` shows it", setting.name())
          .isNotBlank();
      assertThat(setting.section().isEmpty())
          .as("settings() must give %s a section and an option, or neither", setting.name())
          .isEqualTo(setting.option().isEmpty());
    }
    assertThat(place().adapter().settings())
        .as(
            "settings() must name all that open() reads, Setting.WORKSPACE too: what is not named"
                + " is not passed on")
        .contains(Setting.WORKSPACE);
    assertThat(place().adapter().id())
        .as("id() must be a word of lower case for the command line")
        .matches("[a-z][a-z0-9-]*");
  }

  @Test
  default void locationAndIncarnationStayTheSame() {
    place().write(SampleRecords.usual(3));
    try (CacheStore store = place().openTarget()) {
      String location = store.location();
      String incarnation = store.incarnation();
      assertAllWritten(store.upsert(SampleRecords.usual(6)), 6);
      store.flush();
      try (CacheStore again = place().openSource()) {
        assertThat(List.of(location, store.location(), again.location()))
            .as(
                "location() must be the same for the same place, whatever was written: --resume"
                    + " compares it")
            .containsOnly(location);
        assertThat(List.of(incarnation, store.incarnation(), again.incarnation()))
            .as(
                "incarnation() must be the same while nothing that was flushed can be gone: when it"
                    + " changes, the engine writes everything again")
            .containsOnly(incarnation);
      }
    }
  }
}
