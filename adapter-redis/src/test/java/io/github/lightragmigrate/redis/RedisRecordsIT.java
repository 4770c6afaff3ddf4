package io.github.lightragmigrate.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.AnyRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeTry;

/** Any record is refused with a reason, or the server gives back what {@code asStored} says. */
class RedisRecordsIT {

  @BeforeTry
  @AfterProperty
  void deleteCaches() {
    TestRedis.deleteCaches("records-it*");
  }

  @Provide
  Arbitrary<List<CacheRecord>> batches() {
    return AnyRecord.arbitrary().list().ofMaxSize(8).uniqueElements(CacheRecord::key);
  }

  @Property
  void whatIsTakenComesBackAsItIsSaidTo(@ForAll("batches") List<CacheRecord> batch) {
    try (CacheStore store = TestRedis.open("records-it", Access.TARGET)) {
      Map<String, CacheRecord> taken = new HashMap<>();
      batch.forEach(record -> taken.put(record.key(), store.asStored(record)));
      List<WriteFailure> rejected = store.rejected(batch);
      WriteResult result = store.upsert(batch);
      assertThat(result.failures()).containsExactlyElementsOf(rejected);
      assertThat(result.failures()).allMatch(failure -> !failure.reason().isBlank());
      result.failures().forEach(failure -> taken.remove(failure.key()));
      assertThat(result.written()).isEqualTo(taken.size());
      Page found = store.find(batch.stream().map(CacheRecord::key).toList());
      assertThat(found.unreadable()).isEmpty();
      assertThat(found.records()).containsExactlyInAnyOrderElementsOf(taken.values());
    }
  }
}
