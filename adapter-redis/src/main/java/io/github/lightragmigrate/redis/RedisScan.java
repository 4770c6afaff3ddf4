package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the selected keys: first nested caches of old, then SCAN. Each key comes once; the
 * part of a SCAN reply that does not fit into a page waits for the next. A call that fails leaves
 * the pass where it was. Not safe for use by several threads.
 */
final class RedisScan {

  private final RedisServer server;
  private final RedisKeys keys;
  private final Selection selection;
  private final List<String> modes;
  private final ValueReader values;
  private final KeyIndex seen = new KeyIndex();
  private final Deque<Sized> waiting = new ArrayDeque<>();
  private ScanCursor place;
  private String nextReply;
  private boolean ended;
  private @Nullable NestedCache nested;

  RedisScan(RedisServer server, RedisKeys keys, Selection selection, ScanCursor from) {
    this.server = server;
    this.keys = keys;
    this.selection = selection;
    this.modes = List.copyOf(RedisKeys.nestedModes(selection));
    this.values = new ValueReader(server);
    this.place = from;
    this.nextReply = from.redis();
  }

  private record Sized(RedisKey key, long length) {}

  /** Where another process goes on: a SCAN reply that waits in part is asked for again. */
  ScanCursor place() {
    return place;
  }

  Page next(PageLimit limit) {
    PageBuilder page = new PageBuilder();
    while (page.isEmpty() && !ended) {
      server.checkInterrupt();
      if (place.mode() < modes.size()) {
        readNested(limit, page);
      } else if (waiting.isEmpty()) {
        fetch();
      } else {
        readWaiting(limit, page);
      }
    }
    if (ended) {
      return page.build(Optional.empty());
    }
    place = place.at(place.mode(), place.entries(), place.length(), place.redis());
    return page.build(Optional.of(place.toCursor()));
  }

  private void fetch() {
    RedisServer.ScanReply reply = server.scan(nextReply, keys.pattern(selection));
    sameServer(reply.runId());
    Map<String, RedisKey> fresh = new LinkedHashMap<>();
    for (byte[] bytes : reply.keys()) {
      keys.selected(bytes, selection)
          .filter(key -> !seen.contains(key.cacheKey()))
          .ifPresent(key -> fresh.putIfAbsent(key.cacheKey(), key));
    }
    List<RedisKey> found = List.copyOf(fresh.values());
    List<Long> lengths = found.isEmpty() ? List.of() : server.lengths(found);
    // from here on nothing fails: a key counts as seen only when it waits for a page
    for (int i = 0; i < found.size(); i++) {
      seen.put(found.get(i).cacheKey(), 0);
      waiting.add(new Sized(found.get(i), lengths.get(i)));
    }
    place = place.at(place.mode(), 0, 0, nextReply);
    nextReply = reply.next();
    advance();
  }

  private void sameServer(String runId) {
    if (!nextReply.equals(RedisServer.SCAN_START) && !place.runId().equals(runId)) {
      throw ScanCursor.invalid("is of before a restart of the server");
    }
    place = place.on(runId);
  }

  private void readWaiting(PageLimit limit, PageBuilder page) {
    List<RedisKey> batch = new ArrayList<>();
    long bytes = 0;
    for (Sized each : waiting) {
      batch.add(each.key());
      bytes += each.length();
      if (batch.size() == limit.records() || bytes >= limit.bytes()) {
        break;
      }
    }
    values.read(batch, page).forEach(absent -> page.vanished());
    batch.forEach(read -> waiting.remove());
    advance();
  }

  /** A reply that is used up needs no repetition. */
  private void advance() {
    if (waiting.isEmpty()) {
      ended = nextReply.equals(RedisServer.SCAN_START);
      place = place.at(place.mode(), 0, 0, nextReply);
    }
  }

  private void readNested(PageLimit limit, PageBuilder page) {
    try {
      readNestedEntries(limit, page);
    } catch (RuntimeException e) {
      // its parser may have lost bytes: opened again, it goes on at the entries of the place
      nested = null;
      throw e;
    }
  }

  private void readNestedEntries(PageLimit limit, PageBuilder page) {
    NestedCache cache = nested == null ? openNested() : nested;
    List<NestedCache.Entry> entries = new ArrayList<>();
    long bytes = 0;
    long taken = 0;
    boolean more = true;
    while (entries.size() < limit.records() && bytes < limit.bytes()) {
      Optional<NestedCache.Entry> entry = cache.next();
      if (entry.isEmpty()) {
        more = false;
        break;
      }
      taken++;
      if (selection.matches(entry.get().key())) {
        entries.add(entry.get());
        bytes += entry.get().json().length;
      }
    }
    addNested(entries, page);
    nested = more ? cache : null;
    place =
        more
            ? place.at(
                place.mode(), place.entries() + taken, cache.length(), RedisServer.SCAN_START)
            : place.at(place.mode() + 1, 0, 0, RedisServer.SCAN_START);
  }

  private NestedCache openNested() {
    RedisKey key = keys.of(modes.get(place.mode()));
    NestedCache cache = NestedCache.open(server, key);
    if (place.entries() > 0 && place.length() != cache.length()) {
      throw ScanCursor.invalid("is of before a change of the old cache '" + key.cacheKey() + "'");
    }
    for (long skipped = 0; skipped < place.entries(); skipped++) {
      cache.next();
    }
    return cache;
  }

  /** What is there under its flat key too is left to SCAN: the flat one wins. */
  private void addNested(List<NestedCache.Entry> entries, PageBuilder page) {
    if (entries.isEmpty()) {
      return;
    }
    List<Boolean> flat = server.exist(entries.stream().map(entry -> keys.of(entry.key())).toList());
    for (int i = 0; i < entries.size(); i++) {
      NestedCache.Entry entry = entries.get(i);
      if (!flat.get(i) && seen.put(entry.key(), 0)) {
        entry.addTo(page);
      }
    }
  }
}
