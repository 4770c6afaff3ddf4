package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The cache in one Redis database.
 *
 * <p>A scan within this process gives each key once. Taken up by another process it may repeat
 * keys, and it is refused after a restart of the server, whose cursors have then lost their
 * meaning.
 *
 * <p>A write that was answered is in the server's memory and visible; whether it outlives the
 * server is up to the server's {@code appendonly} and {@code save} settings. Nothing here makes the
 * server save.
 */
final class RedisStore implements CacheStore {

  /** Scans that are remembered; an older one goes on as one of another process does. */
  private static final int OPEN_SCANS = 64;

  private final RedisSettings settings;
  private final RedisServer server;
  private final Access access;
  private final RedisKeys keys;
  private final ValueReader values;
  private final RedisWriter writer;
  private final AtomicLong scans = new AtomicLong(System.nanoTime());
  private final Map<Cursor, RedisScan> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cursor, RedisScan> eldest) {
          return size() > OPEN_SCANS;
        }
      };

  RedisStore(RedisSettings settings, RedisServer server, Access access) {
    this.settings = settings;
    this.server = server;
    this.access = access;
    this.keys = new RedisKeys(settings.workspace());
    this.values = new ValueReader(server);
    this.writer = new RedisWriter(server, keys);
  }

  @Override
  public String location() {
    return "redis " + settings.uri().place() + " " + keys.name();
  }

  @Override
  public String workspace() {
    return settings.workspace();
  }

  @Override
  public List<String> workspaces() {
    return RedisWorkspaces.in(server);
  }

  @Override
  public long countLegacy(Selection selection) {
    return new LegacyCount(server, keys, selection).count();
  }

  @Override
  public List<String> notices() {
    return new ServerNotices(server, settings, access).read(keys);
  }

  @Override
  public List<String> noticesAsTarget() {
    return new ServerNotices(server, settings, Access.TARGET).read(keys);
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    return new RedisCount(server, keys, selection, progress).count();
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    RedisScan scan = take(selection, cursor);
    try {
      Page page = scan.next(limit);
      page.next().ifPresent(next -> keep(next, scan));
      return page;
    } catch (RuntimeException e) {
      keep(cursor, scan);
      throw e;
    }
  }

  /** Scans from the start are never kept under it: each is another one. */
  private void keep(Cursor cursor, RedisScan scan) {
    if (!cursor.isStart()) {
      synchronized (open) {
        open.put(cursor, scan);
      }
    }
  }

  private RedisScan take(Selection selection, Cursor cursor) {
    synchronized (open) {
      RedisScan scan = open.remove(cursor);
      if (scan != null) {
        return scan;
      }
    }
    int fingerprint = Objects.hash(location(), selection.prefixes());
    ScanCursor from =
        cursor.isStart()
            ? ScanCursor.start(fingerprint, scans.incrementAndGet())
            : ScanCursor.parse(cursor, fingerprint).resumed(scans.incrementAndGet());
    return new RedisScan(server, keys, selection, from);
  }

  @Override
  public boolean mayRepeat() {
    return true;
  }

  /** Entries of a nested cache of old are found too, at the price of reading all of it. */
  @Override
  public Page find(Collection<String> cacheKeys) {
    PageBuilder page = new PageBuilder();
    List<RedisKey> wanted =
        cacheKeys.stream().filter(RedisKeys::isNameable).distinct().map(keys::of).toList();
    if (!wanted.isEmpty()) {
      List<RedisKey> absent = values.read(wanted, page);
      findNested(absent.stream().map(RedisKey::cacheKey).toList(), page);
    }
    return page.build(Optional.empty());
  }

  private void findNested(List<String> absent, PageBuilder page) {
    Set<String> wanted = new HashSet<>(absent);
    for (String mode : RedisKeys.modesOf(absent)) {
      NestedCache nested = NestedCache.open(server, keys.of(mode));
      Map<String, NestedCache.Entry> found = new LinkedHashMap<>();
      Optional<NestedCache.Entry> entry = nested.next();
      while (entry.isPresent()) {
        if (wanted.contains(entry.get().key())) {
          found.put(entry.get().key(), entry.get());
        }
        entry = nested.next();
      }
      found.values().forEach(each -> each.addTo(page));
    }
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return RedisWriter.rejected(batch);
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    requireTarget();
    return writer.upsert(batch);
  }

  /** The process that answers: another one may have lost what this one had in memory. */
  @Override
  public String incarnation() {
    return server.runId();
  }

  /**
   * Every write was answered already, and this asks whether a server is still there; whether it is
   * the same one, {@link #incarnation} tells.
   */
  @Override
  public void flush() {
    requireTarget();
    server.ping();
  }

  private void requireTarget() {
    if (access == Access.SOURCE) {
      throw new IllegalStateException(location() + " is open as a source, which is never written");
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
