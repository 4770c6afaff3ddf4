package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A fake: a store in the heap whose every answer a test can replace. */
class FakeStore implements StorageAdapter, CacheStore {

  static final Setting PASSWORD = Setting.text("FAKE_PASSWORD", "password").asSecret();

  final NavigableMap<String, CacheRecord> records = new ConcurrentSkipListMap<>();
  final List<List<String>> upserts = new CopyOnWriteArrayList<>();
  int writers = 1;
  final AtomicInteger flushes = new AtomicInteger();
  volatile String incarnation = "";
  volatile UnaryOperator<CacheRecord> asStored = record -> record;

  /** Records that this store cannot hold, beside {@link #rejected}. */
  volatile Predicate<CacheRecord> refuses = record -> false;

  private final String place;

  /** Given the batch; what it returns is the answer, unless it is empty. */
  volatile Function<List<CacheRecord>, Optional<WriteResult>> onUpsert = batch -> Optional.empty();

  volatile Function<Page, Page> onScan = page -> page;
  volatile Function<Counts, Counts> onCount = counts -> counts;
  volatile Function<Collection<String>, Optional<Page>> onFind = keys -> Optional.empty();
  volatile Runnable onFlush = () -> {};
  volatile boolean mayRepeat;
  volatile int largestPage = Integer.MAX_VALUE;
  final List<String> unreadable = new CopyOnWriteArrayList<>();
  final List<String> rejected = new CopyOnWriteArrayList<>();

  FakeStore(String place) {
    this.place = place;
  }

  static CacheRecord record(String type, int number, long updateTime) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("return", JsonValue.of("answer " + number));
    fields.put("update_time", JsonValue.of(updateTime));
    return CacheRecord.of("default:" + type + ":" + String.format("%032x", number), fields);
  }

  FakeStore with(String type, int count) {
    for (int i = 0; i < count; i++) {
      put(record(type, i, 100));
    }
    return this;
  }

  void put(CacheRecord record) {
    records.put(record.key(), record);
  }

  Endpoint open(Access access) {
    return Endpoint.open(this, Settings.of(Map.of("FAKE_PASSWORD", "s3cret")), access);
  }

  @Override
  public int writers() {
    return writers;
  }

  @Override
  public String id() {
    return "fake";
  }

  @Override
  public String name() {
    return "FakeKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return List.of(PASSWORD);
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    return this;
  }

  @Override
  public String location() {
    return place;
  }

  @Override
  public String workspace() {
    return "";
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    records
        .keySet()
        .forEach(
            key ->
                selection.prefixOf(key).ifPresent(prefix -> counts.merge(prefix, 1L, Long::sum)));
    return onCount.apply(Counts.exact(counts));
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    List<CacheRecord> page = new ArrayList<>();
    List<UnreadableRecord> bad = new ArrayList<>();
    long bytes = 0;
    Optional<Cursor> next = Optional.empty();
    String last = "";
    String[] bounds = cursor.text().split(" until ");
    String until = bounds.length > 1 ? bounds[1] : "\uffff";
    for (CacheRecord record : records.tailMap(bounds[0], false).values()) {
      if (!selection.matches(record.key()) || record.key().compareTo(until) > 0) {
        continue;
      }
      if (page.size() + bad.size() == Math.min(limit.records(), largestPage)
          || bytes >= limit.bytes()) {
        break;
      }
      if (unreadable.contains(record.key())) {
        bad.add(new UnreadableRecord(record.key(), "no object", "[1]"));
      } else {
        page.add(record);
        bytes += record.size();
      }
      last = record.key();
      next = Optional.of(cursor(last, bounds.length > 1 ? until : ""));
    }
    boolean more =
        !last.isEmpty()
            && !until.equals(last)
            && records.tailMap(last, false).keySet().stream().anyMatch(selection::matches);
    return onScan.apply(new Page(page, bad, 0, more ? next : Optional.empty()));
  }

  private static Cursor cursor(String after, String until) {
    return new Cursor(until.isEmpty() ? after : after + " until " + until);
  }

  @Override
  public List<Cursor> split(Selection selection, int parts) {
    if (mayRepeat) {
      return List.of(Cursor.START);
    }
    List<String> keys = records.keySet().stream().filter(selection::matches).toList();
    List<Cursor> cursors = new ArrayList<>();
    String after = "";
    for (int part = 1; part < parts; part++) {
      int end = keys.size() * part / parts;
      if (end > 0 && !keys.get(end - 1).equals(after)) {
        cursors.add(cursor(after, keys.get(end - 1)));
        after = keys.get(end - 1);
      }
    }
    cursors.add(cursor(after, ""));
    return cursors;
  }

  @Override
  public boolean mayRepeat() {
    return mayRepeat;
  }

  @Override
  public Page find(Collection<String> keys) {
    return onFind.apply(keys).orElseGet(() -> held(keys));
  }

  private Page held(Collection<String> keys) {
    List<CacheRecord> good = new ArrayList<>();
    List<UnreadableRecord> bad = new ArrayList<>();
    for (String key : keys) {
      if (unreadable.contains(key)) {
        bad.add(new UnreadableRecord(key, "no object", "[1]"));
      } else if (records.containsKey(key)) {
        good.add(Objects.requireNonNull(records.get(key)));
      }
    }
    return new Page(good, bad, 0, Optional.empty());
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return batch.stream()
        .filter(this::isRejected)
        .map(record -> WriteFailure.rejected(record.key(), "too odd"))
        .toList();
  }

  private boolean isRejected(CacheRecord record) {
    return rejected.contains(record.key()) || refuses.test(record);
  }

  @Override
  public CacheRecord asStored(CacheRecord record) {
    return asStored.apply(record);
  }

  @Override
  public String incarnation() {
    return incarnation;
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    upserts.add(batch.stream().map(CacheRecord::key).toList());
    Optional<WriteResult> answer = onUpsert.apply(batch);
    if (answer.isPresent()) {
      return answer.get();
    }
    List<WriteFailure> failures = rejected(batch);
    for (CacheRecord record : batch) {
      if (!isRejected(record)) {
        put(asStored(record));
      }
    }
    return new WriteResult(batch.size() - failures.size(), failures);
  }

  @Override
  public void flush() {
    onFlush.run();
    flushes.incrementAndGet();
  }

  @Override
  public void close() {}
}
