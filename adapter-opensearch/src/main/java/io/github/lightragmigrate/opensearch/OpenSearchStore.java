package io.github.lightragmigrate.opensearch;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/** The cache of one workspace in OpenSearch. Safe for use by several threads. */
final class OpenSearchStore implements CacheStore {

  private final Rest rest;
  private final CacheIndex index;
  private final Access access;
  private final PointsInTime pointsInTime;
  private final Reader reader;
  private final Counter counter;
  private final Finder finder;
  private final Writer writer;

  OpenSearchStore(Rest rest, CacheIndex index, Access access) {
    this(rest, index, access, new Windows(index));
  }

  OpenSearchStore(Rest rest, CacheIndex index, Access access, Windows windows) {
    this.rest = rest;
    this.index = index;
    this.access = access;
    this.pointsInTime = new PointsInTime(rest, index);
    this.finder = new Finder(rest, index);
    this.reader = new Reader(rest, index, pointsInTime, finder, windows);
    this.counter = new Counter(rest, index, reader, pointsInTime);
    this.writer = new Writer(rest, index);
  }

  @Override
  public String location() {
    return "opensearch " + rest.nodes() + " " + index.name();
  }

  @Override
  public String workspace() {
    return index.workspace();
  }

  @Override
  public List<String> notices() {
    return notices(access);
  }

  @Override
  public List<String> noticesAsTarget() {
    return notices(Access.TARGET);
  }

  private List<String> notices(Access purpose) {
    IndexState state = new IndexState(rest, index);
    List<String> notices = new ArrayList<>(state.health());
    if (purpose == Access.TARGET) {
      notices.addAll(state.blocks());
      index.lackOfKey().ifPresent(notices::add);
      if (!index.isNamedExactly()) {
        notices.add(
            "An OpenSearch index cannot have all characters of '"
                + index.workspace()
                + "' in its name: '"
                + index.name()
                + "' is also that of other workspaces, whose records would be in the same cache.");
      }
    }
    return notices;
  }

  @Override
  public List<String> workspaces() {
    return WorkspaceFinder.find(rest, index.workspace());
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    return counter.count(selection, progress);
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    return reader.scan(selection, cursor, limit);
  }

  @Override
  public List<Cursor> split(Selection selection, int parts) {
    return new KeyParts(index).split(selection, parts);
  }

  /** A search for a page takes the server long, however few documents are in it. */
  @Override
  public long bytesAtOnce() {
    return 8L << 20;
  }

  @Override
  public Page find(Collection<String> keys) {
    return finder.find(keys);
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return Writer.rejected(batch);
  }

  @Override
  public CacheRecord asStored(CacheRecord record) {
    return Documents.asStored(record);
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    requireTarget();
    return writer.upsert(batch);
  }

  /** Writes are durable when they are answered; searches see them after a refresh. */
  @Override
  public void flush() {
    requireTarget();
    Reply reply = rest.expectSuccess(Request.of("POST", index.path("_refresh")));
    long failed = reply.at("_shards", "failed").asLong().orElse(0L);
    if (failed > 0) {
      throw rest.faults().of(503, failed + " shards could not be refreshed", false);
    }
  }

  private void requireTarget() {
    if (access == Access.SOURCE) {
      throw new IllegalStateException(location() + " is open as a source, which is read only");
    }
  }

  @Override
  public void close() {
    pointsInTime.closeAll();
    rest.close();
  }
}
