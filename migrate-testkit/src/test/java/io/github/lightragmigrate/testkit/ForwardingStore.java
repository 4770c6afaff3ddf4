package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Does what another store does; a broken store overrides one thing. */
class ForwardingStore implements CacheStore {

  final CacheStore store;

  ForwardingStore(CacheStore store) {
    this.store = store;
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public String workspace() {
    return store.workspace();
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    return store.count(selection, progress);
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    return store.scan(selection, cursor, limit);
  }

  @Override
  public List<Cursor> split(Selection selection, int parts) {
    return store.split(selection, parts);
  }

  @Override
  public Page find(Collection<String> keys) {
    return store.find(keys);
  }

  @Override
  public List<String> workspaces() {
    return store.workspaces();
  }

  @Override
  public Optional<Setting> missingPlace() {
    return store.missingPlace();
  }

  @Override
  public long countLegacy(Selection selection) {
    return store.countLegacy(selection);
  }

  @Override
  public List<String> notices() {
    return store.notices();
  }

  @Override
  public List<String> noticesAsTarget() {
    return store.noticesAsTarget();
  }

  @Override
  public long bytesAtOnce() {
    return store.bytesAtOnce();
  }

  @Override
  public boolean mayRepeat() {
    return store.mayRepeat();
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return store.rejected(batch);
  }

  @Override
  public CacheRecord asStored(CacheRecord record) {
    return store.asStored(record);
  }

  @Override
  public String incarnation() {
    return store.incarnation();
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    return store.upsert(batch);
  }

  @Override
  public void flush() {
    store.flush();
  }

  @Override
  public void close() {
    store.close();
  }
}
