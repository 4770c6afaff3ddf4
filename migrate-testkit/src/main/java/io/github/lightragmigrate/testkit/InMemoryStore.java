package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

final class InMemoryStore implements CacheStore {

  private final String workspace;
  private final Supplier<List<String>> workspaces;
  private final NavigableMap<String, CacheRecord> records;
  private final Access access;

  InMemoryStore(
      String workspace,
      Supplier<List<String>> workspaces,
      NavigableMap<String, CacheRecord> records,
      Access access) {
    this.workspace = workspace;
    this.workspaces = workspaces;
    this.records = records;
    this.access = access;
  }

  @Override
  public String location() {
    return "memory workspace '" + workspace + "'";
  }

  @Override
  public String workspace() {
    return workspace;
  }

  @Override
  public List<String> workspaces() {
    return workspaces.get();
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = new LinkedHashMap<>();
    selection.prefixes().forEach(prefix -> counts.put(prefix, 0L));
    for (String key : records.keySet()) {
      selection.prefixOf(key).ifPresent(prefix -> counts.merge(prefix, 1L, Long::sum));
    }
    return Counts.exact(counts);
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    if (!cursor.isStart() && !cursor.text().startsWith("after ")) {
      throw new StoreException(
          StoreException.Kind.INVALID_CURSOR, "no cursor of this store: " + cursor.text());
    }
    String after = cursor.isStart() ? "" : cursor.text().substring("after ".length());
    List<CacheRecord> page = new ArrayList<>();
    long bytes = 0;
    for (CacheRecord record : records.tailMap(after, false).values()) {
      if (!selection.matches(record.key())) {
        continue;
      }
      page.add(record);
      bytes += record.size();
      if (page.size() == limit.records() || bytes >= limit.bytes()) {
        return Page.of(page, Optional.of(new Cursor("after " + record.key())));
      }
    }
    return Page.of(page, Optional.empty());
  }

  @Override
  public Page find(Collection<String> keys) {
    return Page.of(
        keys.stream().distinct().map(records::get).filter(Objects::nonNull).toList(),
        Optional.empty());
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    if (access == Access.SOURCE) {
      throw new IllegalStateException("opened as a source");
    }
    batch.forEach(record -> records.put(record.key(), record));
    return new WriteResult(batch.size(), List.of());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
