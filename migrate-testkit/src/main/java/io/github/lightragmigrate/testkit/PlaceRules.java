package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.count;
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
      assertThat(other.workspace()).isEqualTo("other");
      assertThat(count(other)).isZero();
      assertAllWritten(other.upsert(List.of(SampleRecords.usual("extract", "elsewhere"))), 1);
      other.flush();
      assertThat(count(other)).isEqualTo(1);
    }
    try (CacheStore store = place().openSource()) {
      place().assertSame(store, scanAll(store, LARGE), mine);
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
          .as("workspaces() names each workspace that has a cache once, as workspace() has it")
          .contains(store.workspace(), "other")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  default void nothingThatIsWrittenHereIsLegacy() {
    place().write(SampleRecords.usual(4));
    try (CacheStore store = place().openSource()) {
      assertThat(store.countLegacy(Scans.DEFAULT)).isZero();
    }
  }

  @Test
  default void locationTellsPlacesApartAndHoldsNoSecret() {
    try (CacheStore one = place().openTarget();
        CacheStore again = place().openSource();
        CacheStore other = place().openOther()) {
      assertThat(one.location()).isEqualTo(again.location()).isNotEqualTo(other.location());
      for (Setting setting : place().adapter().settings()) {
        String secret = place().settings("").text(setting);
        if (setting.secret() && secret.length() > 3) {
          assertThat(one.location()).doesNotContain(secret);
        }
      }
    }
  }

  @Test
  default void aWorkspaceThatIsAPathIsRefused() {
    for (String workspace : List.of("a/b", "a\\b", "..", ".")) {
      assertThatThrownBy(
              () -> place().adapter().open(place().settings(workspace), Access.SOURCE).close())
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETTINGS))
          .hasMessageContaining(workspace);
    }
  }

  @Test
  default void settingsAreDescribed() {
    Set<String> names = new HashSet<>();
    for (Setting setting : place().adapter().settings()) {
      assertThat(setting.name()).matches("[A-Z][A-Z0-9_]*");
      assertThat(names.add(setting.name())).as(setting.name() + " is there once").isTrue();
      assertThat(setting.description()).as("description of " + setting.name()).isNotBlank();
      assertThat(setting.section().isEmpty())
          .as("section and option of " + setting.name() + " go together")
          .isEqualTo(setting.option().isEmpty());
    }
    assertThat(place().adapter().settings()).contains(Setting.WORKSPACE);
    assertThat(place().adapter().id()).matches("[a-z][a-z0-9-]*");
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
            .as("location() is the same for the same place: --resume compares it")
            .containsOnly(location);
        assertThat(List.of(incarnation, store.incarnation(), again.incarnation()))
            .as(
                "incarnation() is the same while nothing that was flushed can be gone: when it"
                    + " changes, the engine writes everything again")
            .containsOnly(incarnation);
      }
    }
  }
}
