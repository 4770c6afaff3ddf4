package io.github.lightragmigrate.faults;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What is migrated: records of 2 to 4 KB of the four types, and the odd ones among them. */
final class Corpus {

  private static final String PARAGRAPH =
      "Ein Absatz. A paragraph with \"quotes\" and a \\ in it. 長い段落。 👩‍👩‍👧‍👦\n\t";
  private static final int LONG = 100_000;

  private final List<CacheRecord> records;

  private Corpus(List<CacheRecord> records) {
    this.records = List.copyOf(records);
  }

  /** The same records for the same number. */
  static Corpus of(int count) {
    Random random = new Random(count);
    List<CacheRecord> records = new ArrayList<>();
    for (CacheRecord usual : SampleRecords.usual(count)) {
      String text = usual.key() + " " + PARAGRAPH.repeat(20 + random.nextInt(24));
      CacheRecord record = SampleRecords.with(usual, "return", JsonValue.of(text));
      if (random.nextInt(4) == 0) {
        record =
            SampleRecords.with(
                record,
                "queryparam",
                JsonValue.ofJson("{\"top_k\": " + random.nextInt() + ", \"ids\": [1, 2]}"));
      }
      records.add(record);
    }
    SampleRecords.odd().stream().filter(record -> record.size() < LONG).forEach(records::add);
    return new Corpus(records);
  }

  int size() {
    return records.size();
  }

  /** By key. */
  Map<String, CacheRecord> byKey() {
    Map<String, CacheRecord> all = new TreeMap<>();
    records.forEach(record -> all.put(record.key(), record));
    return all;
  }

  /** Writes all records to an empty place. */
  void fill(Place place) {
    try (Endpoint endpoint = place.open(Access.TARGET)) {
      if (!endpoint.store().upsert(records).failures().isEmpty()) {
        throw new IllegalStateException("the corpus does not fit into " + place.store());
      }
      endpoint.store().flush();
    }
  }
}
