package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.scanRest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a scan at which another process goes on.
 *
 * @param read keys of the pages up to here
 */
record Resumption(Cursor cursor, Set<String> read) {

  /** One behind every page of one scan but the last. */
  static List<Resumption> everyOne(Place place, PageLimit limit) {
    return everyOne(place, Cursor.START, limit);
  }

  /** As {@link #everyOne(Place, PageLimit)}, of a scan from this cursor. */
  static List<Resumption> everyOne(Place place, Cursor start, PageLimit limit) {
    List<Resumption> resumptions = new ArrayList<>();
    Set<String> read = new HashSet<>();
    try (CacheStore store = place.openSource()) {
      Optional<Cursor> cursor = Optional.of(start);
      while (cursor.isPresent()) {
        Page page = store.scan(DEFAULT, cursor.get(), limit);
        page.records().forEach(record -> read.add(record.key()));
        cursor = page.next().map(next -> new Cursor(next.text()));
        cursor.ifPresent(next -> resumptions.add(new Resumption(next, Set.copyOf(read))));
        assertThat(resumptions.size()).as("pages: a scan must end").isLessThan(1000);
      }
    }
    return resumptions;
  }

  /**
   * Goes on in a store that is opened anew, to the end or to a refusal.
   *
   * @param stay records that were in the store from the start of the scan to its end
   */
  void assertMissesNothing(Place place, List<CacheRecord> stay, PageLimit limit) {
    try (CacheStore store = place.openSource()) {
      Optional<List<CacheRecord>> rest = scanRest(store, cursor, limit);
      if (rest.isEmpty()) {
        return;
      }
      List<String> keysOfRest = Keys.of(rest.get());
      Set<String> all = new HashSet<>(read);
      all.addAll(keysOfRest);
      Keys.assertHas(
          ("keys read before the cursor '%s' and after it, in a store opened anew: none may be"
                  + " left out; refuse the cursor (INVALID_CURSOR) rather than guess")
              .formatted(cursor.text()),
          all,
          Keys.of(stay));
      if (!store.mayRepeat()) {
        assertThat(keysOfRest)
            .as(
                "keys read after the cursor '%s': one that was read before it is repeated, which"
                    + " mayRepeat() must say",
                cursor.text())
            .doesNotContainAnyElementsOf(read);
      }
      List<CacheRecord> expected =
          stay.stream().filter(record -> keysOfRest.contains(record.key())).toList();
      assertThat(place.differences(store, rest.get(), expected)).isEmpty();
    }
  }

  /**
   * Goes on in a store that is opened anew, to the end of the part or to a refusal.
   *
   * @param part all records of the part that the cursor is of
   */
  void assertStaysIn(Place place, List<CacheRecord> part, PageLimit limit) {
    try (CacheStore store = place.openSource()) {
      scanRest(store, cursor, limit)
          .ifPresent(
              rest -> {
                Set<String> all = new HashSet<>(read);
                all.addAll(Keys.of(rest));
                Keys.assertSame(
                    "keys of a part, read before the cursor '%s' and after it, in a store opened anew"
                        .formatted(cursor.text()),
                    all,
                    Keys.of(part));
              });
    }
  }
}
