package io.github.lightragmigrate.cli;

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
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.Workspaces;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.InMemoryAdapter;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A store in the heap that behaves as one behind a network: it needs a URI with the password {@code
 * right}, tells progress while it counts, refuses records whose key holds {@code poison}, and keeps
 * another answer for those whose key holds {@code garbled}.
 */
public final class RemoteAdapter implements StorageAdapter {

  private static final Setting URI =
      Setting.text("REMOTE_URI", "where it is")
          .ini("remote", "uri")
          .withDefault("remote://u:right@localhost")
          .withExample("remote://localhost:1")
          .asRequired()
          .asSecret();
  private static final Setting NAME =
      Setting.text("REMOTE_NAME", "what it is called").ini("remote", "name").asRequired();
  private static final Setting SIZE =
      Setting.of("REMOTE_SIZE", Setting.Type.INTEGER, "how large").withDefault("5");
  private static final Setting OWN_WORKSPACE =
      Setting.of("REMOTE_WORKSPACE", Setting.Type.WORKSPACE, "its own").ini("remote", "workspace");

  private final InMemoryAdapter memory = new InMemoryAdapter();

  /** Puts records there. */
  public void hold(String workspace, List<CacheRecord> records) {
    store(workspace, Access.TARGET).upsert(records);
  }

  /** What a workspace holds of these. */
  public List<CacheRecord> find(String workspace, List<String> keys) {
    return store(workspace, Access.SOURCE).find(keys).records();
  }

  private CacheStore store(String workspace, Access access) {
    return memory.open(Settings.of(Map.of("WORKSPACE", workspace)), access);
  }

  @Override
  public String id() {
    return "remote";
  }

  @Override
  public String name() {
    return "RemoteKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return List.of(URI, NAME, SIZE, OWN_WORKSPACE, Setting.WORKSPACE);
  }

  @Override
  public String countingLabel() {
    return "Scanning remote keys";
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    String uri = settings.require(URI);
    if (!uri.contains(":right@")) {
      throw new StoreException(
          StoreException.Kind.DENIED,
          "the server refuses " + uri,
          new IllegalStateException("driver: " + uri));
    }
    String workspace = Workspaces.resolve(settings, OWN_WORKSPACE);
    return new Store(store(workspace, access), workspace);
  }

  private record Store(CacheStore memory, String workspace) implements CacheStore {

    @Override
    public String location() {
      return "remote " + workspace;
    }

    @Override
    public List<String> notices() {
      return List.of("The server is slow.");
    }

    @Override
    public List<String> workspaces() {
      return memory.workspaces();
    }

    @Override
    public Counts count(Selection selection, LongConsumer progress) {
      Counts counts = memory.count(selection, progress);
      progress.accept(counts.total() / 2);
      progress.accept(counts.total());
      return counts;
    }

    @Override
    public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
      return memory.scan(selection, cursor, limit);
    }

    @Override
    public Page find(Collection<String> keys) {
      return memory.find(keys);
    }

    @Override
    public List<WriteFailure> rejected(List<CacheRecord> batch) {
      return batch.stream()
          .filter(record -> record.key().contains("poison"))
          .map(record -> WriteFailure.rejected(record.key(), "poison is not taken"))
          .toList();
    }

    @Override
    public WriteResult upsert(List<CacheRecord> batch) {
      List<WriteFailure> failures = rejected(batch);
      List<CacheRecord> good =
          batch.stream().filter(record -> !record.key().contains("poison")).toList();
      memory.upsert(
          good.stream()
              .map(
                  record ->
                      record.key().contains("garbled")
                          ? SampleRecords.with(record, "return", JsonValue.of("garbled"))
                          : record)
              .toList());
      return new WriteResult(good.size(), failures);
    }

    @Override
    public void flush() {
      memory.flush();
    }

    @Override
    public void close() {}
  }
}
