package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.KeyIndex;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
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

  private static final int SCANS_A_PAGE = 50;

  private final RedisServer server;
  private final RedisKeys keys;
  private final Selection selection;
  private final List<String> modes;
  private final ValueReader values;
  private final KeyIndex seen = new KeyIndex();
  private KeyIndex lastInNest = new KeyIndex();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final ScanCursor from;
  private ScanCursor place;
  private String nextReply;
  private boolean scanned;
  private @Nullable NestedCache nested;

  RedisScan(RedisServer server, RedisKeys keys, Selection selection, ScanCursor from) {
    this.server = server;
    this.keys = keys;
    this.selection = selection;
    this.modes = List.copyOf(RedisKeys.nestedModes(selection));
    if (from.mode() > modes.size()) {
      throw ScanCursor.invalid("is none of this store's");
    }
    this.values = new ValueReader(server);
    this.from = from;
    this.place = from;
    this.nextReply = from.redis();
  }

  /**
   * A key that was found and not yet read.
   *
   * @param length of its value
   * @param reply cursor of the SCAN reply that named it
   * @param check fingerprint of that reply
   * @param index among the selected keys of that reply
   */
  private record Waiting(RedisKey key, long length, String reply, long check, int index) {}

  Page next(PageLimit limit) {
    PageBuilder page = new PageBuilder();
    while (page.isEmpty() && place.mode() < modes.size()) {
      server.checkInterrupt();
      readNested(limit, page);
    }
    if (page.isEmpty()) {
      collect(limit);
      readWaiting(limit, page);
    }
    return page.build(isOver() ? Optional.empty() : Optional.of(place.toCursor()));
  }

  private boolean isOver() {
    return place.mode() == modes.size() && waiting.isEmpty() && isScanned();
  }

  private boolean isScanned() {
    return scanned && nextReply.equals(RedisServer.SCAN_START);
  }

  /** Scans until keys enough for a page wait, but not for ever when there are few. */
  private void collect(PageLimit limit) {
    long bytes = waiting.stream().mapToLong(Waiting::length).sum();
    for (int scans = 0; !isScanned(); scans++) {
      boolean full = waiting.size() >= limit.records() || bytes >= limit.bytes();
      if (full || (scans >= SCANS_A_PAGE && !waiting.isEmpty())) {
        return;
      }
      bytes += fetch();
    }
  }

  /** Bytes of the values of the keys found. */
  private long fetch() {
    RedisServer.ScanReply reply = server.scan(nextReply, keys.pattern(selection));
    sameServer(reply.runId());
    List<RedisKey> selected =
        reply.keys().stream().flatMap(key -> keys.selected(key, selection).stream()).toList();
    long check = RedisKeys.fingerprint(selected);
    boolean resumed = !scanned && from.mode() == modes.size() && from.check() == check;
    Map<String, Integer> fresh = new LinkedHashMap<>();
    for (int i = resumed ? (int) from.done() : 0; i < selected.size(); i++) {
      if (!seen.contains(selected.get(i).cacheKey())) {
        fresh.putIfAbsent(selected.get(i).cacheKey(), i);
      }
    }
    List<Long> lengths = server.lengths(fresh.values().stream().map(selected::get).toList());
    // from here on nothing fails: a key counts as seen only when it waits for a page
    Iterator<Long> length = lengths.iterator();
    fresh.forEach(
        (key, index) -> {
          seen.put(key, 0);
          waiting.add(new Waiting(selected.get(index), length.next(), nextReply, check, index));
        });
    nextReply = reply.next();
    scanned = true;
    advance();
    return lengths.stream().mapToLong(Long::longValue).sum();
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
    for (Waiting each : waiting) {
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

  /** The next key's reply has to be asked for again by another process, or the next reply. */
  private void advance() {
    Waiting first = waiting.peek();
    place =
        first == null
            ? place.at(place.mode(), 0, 0, nextReply)
            : place.at(place.mode(), first.index(), first.check(), first.reply());
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
      long position = place.done() + taken++;
      String key = entry.get().key();
      if (selection.matches(key) && lastInNest.get(key) == position) {
        entries.add(entry.get());
        bytes += entry.get().json().length;
      }
    }
    addNested(entries, page);
    nested = more ? cache : null;
    place =
        more
            ? place.at(place.mode(), place.done() + taken, cache.length(), RedisServer.SCAN_START)
            : place.at(place.mode() + 1, 0, 0, RedisServer.SCAN_START);
  }

  private NestedCache openNested() {
    RedisKey key = keys.of(modes.get(place.mode()));
    lastInNest = lastPositions(key);
    NestedCache cache = NestedCache.open(server, key);
    if (place.done() > 0 && place.check() != cache.length()) {
      throw ScanCursor.invalid("is of before a change of the old cache '" + key.cacheKey() + "'");
    }
    for (long skipped = 0; skipped < place.done(); skipped++) {
      cache.next();
    }
    return cache;
  }

  /** Of a repeated name the last entry counts, as in Python. */
  private KeyIndex lastPositions(RedisKey key) {
    KeyIndex positions = new KeyIndex();
    NestedCache all = NestedCache.open(server, key);
    Optional<NestedCache.Entry> entry = all.next();
    for (long position = 0; entry.isPresent(); position++) {
      positions.put(entry.get().key(), position);
      entry = all.next();
    }
    return positions;
  }

  /** What is there under its flat key too is left to SCAN: the flat one wins. */
  private void addNested(List<NestedCache.Entry> entries, PageBuilder page) {
    List<Boolean> flat = server.exist(entries.stream().map(entry -> keys.of(entry.key())).toList());
    for (int i = 0; i < entries.size(); i++) {
      NestedCache.Entry entry = entries.get(i);
      if (!flat.get(i) && seen.put(entry.key(), 0)) {
        entry.addTo(page);
      }
    }
  }
}
