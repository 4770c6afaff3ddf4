package io.github.lightragmigrate.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.AnyRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeTry;

/** Any record is refused with a reason, or the server gives back what {@code asStored} says. */
class OpenSearchRecordsIT {

  private final Server server = Server.v2();

  /** Else the fields of one try set the types for the next. */
  @BeforeTry
  void deleteIndex() {
    server.deleteIndex("records_llm_response_cache");
  }

  @Provide
  Arbitrary<List<CacheRecord>> batches() {
    return AnyRecord.arbitrary().list().ofMaxSize(16).uniqueElements(CacheRecord::key);
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void whatIsTakenComesBackAsItIsSaidTo(@ForAll("batches") List<CacheRecord> batch) {
    try (CacheStore store =
        new OpenSearchAdapter().open(server.settings("records"), Access.TARGET)) {
      Map<String, CacheRecord> taken = new LinkedHashMap<>();
      batch.forEach(record -> taken.put(record.key(), store.asStored(record)));
      List<String> rejected = store.rejected(batch).stream().map(WriteFailure::key).toList();
      WriteResult result = store.upsert(batch);
      List<String> failed = result.failures().stream().map(WriteFailure::key).toList();
      assertThat(failed).containsAll(rejected);
      assertThat(result.failures())
          .allMatch(failure -> !failure.retryable() && !failure.reason().isBlank());
      failed.forEach(taken::remove);
      assertThat(result.written()).isEqualTo(taken.size());
      Page found = store.find(batch.stream().map(CacheRecord::key).toList());
      assertThat(found.unreadable()).isEmpty();
      assertThat(found.records()).containsExactlyInAnyOrderElementsOf(taken.values());
    }
  }
}
