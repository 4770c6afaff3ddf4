package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records that a store may refuse.
 *
 * @param all {@link PoisonRecords} and the store's own
 * @param unholdable keys of the store's own, which it must refuse
 */
record Candidates(List<CacheRecord> all, Set<String> unholdable) {

  static Candidates of(Place place) {
    List<CacheRecord> own = place.unholdable();
    List<CacheRecord> all = new ArrayList<>(PoisonRecords.all());
    all.addAll(own);
    return new Candidates(all, own.stream().map(CacheRecord::key).collect(Collectors.toSet()));
  }

  boolean contains(String key) {
    return all.stream().anyMatch(record -> record.key().equals(key));
  }

  boolean mustBeRefused(String key) {
    return unholdable.contains(key);
  }

  /** Each between two usual records. */
  List<CacheRecord> amongNeighbours() {
    List<CacheRecord> neighbours = SampleRecords.usual(all.size() + 1);
    List<CacheRecord> mixed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      mixed.add(neighbours.get(i));
      mixed.add(all.get(i));
    }
    mixed.add(neighbours.get(all.size()));
    return mixed;
  }

  /** Usual records under the same keys. */
  List<CacheRecord> harmlessTwins() {
    return all.stream()
        .map(
            record ->
                SampleRecords.with(
                    CacheRecord.of(record.key(), SampleRecords.usual("extract", "twin").fields()),
                    "return",
                    JsonValue.of("the old answer")))
        .toList();
  }
}
