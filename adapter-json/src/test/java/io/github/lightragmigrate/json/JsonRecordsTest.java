package io.github.lightragmigrate.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.AnyRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;

/** Any record is refused with a reason, or the file gives back what {@code asStored} says. */
class JsonRecordsTest {

  private final CacheDirectory cache;

  JsonRecordsTest() throws IOException {
    cache = new CacheDirectory(Files.createTempDirectory("migrate-json-records"));
  }

  @AfterTry
  void delete() throws IOException {
    for (String name : cache.names()) {
      Files.delete(cache.path().resolve(name));
    }
    Files.delete(cache.path());
  }

  @Provide
  Arbitrary<List<CacheRecord>> batches() {
    return AnyRecord.arbitrary().list().ofMaxSize(20).uniqueElements(CacheRecord::key);
  }

  @Property(tries = 25)
  void whatIsTakenComesBackAsItIsSaidTo(@ForAll("batches") List<CacheRecord> batch) {
    Map<String, CacheRecord> taken = new HashMap<>();
    try (CacheStore store = cache.target()) {
      batch.forEach(record -> taken.put(record.key(), store.asStored(record)));
      List<WriteFailure> rejected = store.rejected(batch);
      WriteResult result = store.upsert(batch);
      assertThat(result.failures()).containsExactlyElementsOf(rejected);
      assertThat(result.failures()).allMatch(failure -> !failure.reason().isBlank());
      result.failures().forEach(failure -> taken.remove(failure.key()));
      assertThat(result.written()).isEqualTo(taken.size());
      store.flush();
    }
    try (CacheStore store = cache.source()) {
      Page found = store.find(batch.stream().map(CacheRecord::key).toList());
      assertThat(found.unreadable()).isEmpty();
      assertThat(found.records()).containsExactlyInAnyOrderElementsOf(taken.values());
    }
  }
}
