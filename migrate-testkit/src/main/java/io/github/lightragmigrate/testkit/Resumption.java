package io.github.lightragmigrate.testkit;

import static io.github.lightragmigrate.testkit.Scans.DEFAULT;
import static io.github.lightragmigrate.testkit.Scans.scanRest;

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
        Scans.assertEnds(resumptions.size());
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
          ("scan() must go on from the cursor '%s' of an earlier process, whatever came and went"
                  + " meanwhile, without leaving out a record that was there all the time: a cursor"
                  + " holds a place (the last key), no number of pages or records; refuse it"
                  + " (INVALID_CURSOR) rather than guess")
              .formatted(cursor.text()),
          all,
          Keys.of(stay));
      if (!store.mayRepeat()) {
        Expect.none(
            ("scan() must not repeat, from the cursor '%s' on, what it gave before it, unless"
                    + " mayRepeat() says so")
                .formatted(cursor.text()),
            keysOfRest.stream().filter(read::contains).map(Expect::shown).toList());
      }
      List<CacheRecord> expected =
          stay.stream().filter(record -> keysOfRest.contains(record.key())).toList();
      place.assertFields("scan()", store, rest.get(), expected);
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
                    ("scan() must go on from the cursor '%s' of an earlier process to the end of"
                            + " its part of split(), and no further: the end is in the cursor too")
                        .formatted(cursor.text()),
                    all,
                    Keys.of(part));
              });
    }
  }
}
