package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.List;

/** Cannot hold long keys and answers with NUL, and says so. */
class RefusingStore extends ForwardingStore {

  static final CacheRecord UNHOLDABLE =
      SampleRecords.with(
          SampleRecords.usual("extract", "unholdable"), "return", JsonValue.of("my own \0"));

  RefusingStore(CacheStore store) {
    super(store);
  }

  static boolean refuses(CacheRecord record) {
    return record.key().length() > 255
        || record
            .field("return")
            .flatMap(JsonValue::asString)
            .filter(text -> text.indexOf('\0') >= 0)
            .isPresent();
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return batch.stream()
        .filter(RefusingStore::refuses)
        .map(record -> WriteFailure.rejected(record.key(), "long key or NUL"))
        .toList();
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    List<CacheRecord> taken = batch.stream().filter(record -> !refuses(record)).toList();
    super.upsert(taken);
    return new WriteResult(taken.size(), rejected(batch));
  }
}
