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
import java.util.regex.Pattern;

final class InMemoryStore implements CacheStore {

  /** Behind a key, which may be empty, and up to another. */
  private static final Pattern CURSOR = Pattern.compile(">[^<>]*(<[^<>]+)?");

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
    if (!cursor.isStart() && !CURSOR.matcher(cursor.text()).matches()) {
      throw new StoreException(
          StoreException.Kind.INVALID_CURSOR, "no cursor of this store: " + cursor.text());
    }
    String[] bounds = cursor.text().split("[<>]", -1);
    String after = cursor.isStart() ? "" : bounds[1];
    String until = bounds.length > 2 ? bounds[2] : "";
    List<CacheRecord> page = new ArrayList<>();
    long bytes = 0;
    for (CacheRecord record : records.tailMap(after, false).values()) {
      if (!until.isEmpty() && record.key().compareTo(until) > 0) {
        break;
      }
      if (!selection.matches(record.key())) {
        continue;
      }
      page.add(record);
      bytes += record.size();
      if (page.size() == limit.records() || bytes >= limit.bytes()) {
        return Page.of(page, Optional.of(cursor(record.key(), until)));
      }
    }
    return Page.of(page, Optional.empty());
  }

  @Override
  public List<Cursor> split(Selection selection, int parts) {
    List<String> keys = records.keySet().stream().filter(selection::matches).toList();
    List<Cursor> cursors = new ArrayList<>();
    String after = "";
    for (int part = 1; part < Math.min(parts, keys.size()); part++) {
      String until = keys.get(keys.size() * part / Math.min(parts, keys.size()) - 1);
      cursors.add(cursor(after, until));
      after = until;
    }
    cursors.add(after.isEmpty() ? Cursor.START : cursor(after, ""));
    return cursors;
  }

  private static Cursor cursor(String after, String until) {
    return new Cursor(">" + after + (until.isEmpty() ? "" : "<" + until));
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
