package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.LARGE;
import static io.github.lightragmigrate.testkit.Scans.assertAllWritten;
import static io.github.lightragmigrate.testkit.Scans.scanAll;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a store is and how it is reached. */
interface PlaceRules extends Rules {

  @Test
  default void workspacesAreApart() {
    List<CacheRecord> mine = SampleRecords.usual(4);
    place().write(mine);
    try (CacheStore other = place().openOther()) {
      Expect.equal(
          "workspace() must be the one of the settings: open() resolves it (Workspaces)",
          other.workspace(),
          "other");
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
      List<String> workspaces = store.workspaces();
      assumeFalse(
          workspaces.isEmpty(),
          "workspaces() gives none, as a store does that cannot tell: nobody is told where the"
              + " records are when a workspace is empty");
      Keys.assertHas(
          "workspaces() must name each workspace that has a cache, as workspace() has it (empty for"
              + " none): doctor shows them; a store that cannot tell gives an empty list",
          workspaces,
          List.of(store.workspace(), "other"));
      Expect.none(
          "workspaces() must name each workspace once",
          Keys.repeated(workspaces).stream().map(name -> "twice: '" + name + "'").toList());
    }
  }

  @Test
  default void nothingThatIsWrittenHereIsLegacy() {
    place().write(SampleRecords.usual(4));
    try (CacheStore store = place().openSource()) {
      Expect.equal(
          "countLegacy() must count what is in a form of older LightRAG releases alone, and"
              + " upsert() must not write that form",
          store.countLegacy(Scans.DEFAULT),
          0L);
    }
  }

  @Test
  default void locationTellsPlacesApartAndHoldsNoSecret() {
    try (CacheStore one = place().openTarget();
        CacheStore again = place().openSource();
        CacheStore other = place().openOther()) {
      Expect.equal(
          "location() must be the same for the same place: source and target are compared by it",
          again.location(),
          one.location());
      Expect.that(
          !one.location().equals(other.location()),
          "location() must hold the workspace too: else a migration from one to another is refused"
              + " as one within the same place; both are at %s",
          one.location());
      for (Setting setting : place().adapter().settings()) {
        String secret = place().settings("").text(setting);
        if (setting.secret() && secret.length() > 3) {
          Expect.that(
              !one.location().contains(secret),
              "location() must not hold the secret setting %s: it is in reports and checkpoints",
              setting.name());
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
      StoreException refusal =
          Expect.refused(
              rule,
              StoreException.Kind.SETTINGS,
              () -> {
                place().adapter().open(place().settings(workspace), Access.SOURCE).close();
                return "";
              });
      Expect.that(
          String.valueOf(refusal.getMessage()).contains(workspace),
          "%s%n  its message: %s",
          rule,
          refusal.getMessage());
    }
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
        for (CacheStore each : List.of(store, again)) {
          Expect.equal(
              "location() must be the same for the same place, whatever was written: --resume"
                  + " compares it",
              each.location(),
              location);
          Expect.equal(
              "incarnation() must be the same while nothing that was flushed can be gone: when it"
                  + " changes, the engine writes everything again",
              each.incarnation(),
              incarnation);
        }
      }
    }
  }
}
