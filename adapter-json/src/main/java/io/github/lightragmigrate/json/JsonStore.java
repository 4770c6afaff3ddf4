package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.UnreadableRecord;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One cache file. {@link #find} and {@link #count} see records that are not flushed yet, {@link
 * #scan} does not.
 */
final class JsonStore implements CacheStore {

  private final CacheFile file;
  private final WorkingDir directory;
  private final String workspace;

  /** Where a LightRAG server would answer. */
  private final int port;

  private final JsonReader reader;

  /** Null for a source. */
  private final @Nullable JsonWriter writer;

  JsonStore(
      CacheFile file,
      WorkingDir directory,
      String workspace,
      int port,
      JsonReader reader,
      @Nullable JsonWriter writer) {
    this.file = file;
    this.directory = directory;
    this.workspace = workspace;
    this.port = port;
    this.reader = reader;
    this.writer = writer;
  }

  /** The real path of the file, so that two spellings of one place are equal. */
  @Override
  public String location() {
    return file.path().toString();
  }

  @Override
  public String workspace() {
    return workspace;
  }

  @Override
  public Optional<Setting> missingPlace() {
    return directory.isMissing() ? Optional.of(JsonStorageAdapter.WORKING_DIR) : Optional.empty();
  }

  @Override
  public List<String> workspaces() {
    return directory.workspaces(workspace);
  }

  /** Of the file as it stands: the first flush converts it. */
  @Override
  public long countLegacy(Selection selection) {
    return reader.countNested(selection);
  }

  @Override
  public List<String> notices() {
    return notices(writer == null ? Access.SOURCE : Access.TARGET);
  }

  @Override
  public List<String> noticesAsTarget() {
    return notices(Access.TARGET);
  }

  private List<String> notices(Access purpose) {
    if (purpose == Access.SOURCE && file.stamp().isAbsent()) {
      return List.of(
          directory.exists()
              ? "there is no file " + file.path()
              : "there is no directory for " + file.path() + ": look at WORKING_DIR");
    }
    List<String> servers =
        directory.exists()
            ? new LightRagServers(port).notices(file, directory.of(workspace), purpose)
            : List.of();
    return purpose == Access.SOURCE || !servers.isEmpty()
        ? servers
        : List.of(
            "LightRAG must not be running on "
                + file.path()
                + ": it has the file in memory and would overwrite what is migrated");
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    Map<String, Long> counts = reader.index(selection::matches, progress).count(selection);
    if (writer != null) {
      writer.count(selection, counts);
    }
    Counts exact = Counts.exact(counts);
    progress.accept(exact.total());
    return exact;
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    return reader.scan(selection, cursor, limit);
  }

  @Override
  public List<Cursor> split(Selection selection, int parts) {
    return reader.split(parts);
  }

  @Override
  public Page find(Collection<String> keys) {
    List<CacheRecord> records = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    Collection<String> others = keys;
    if (writer != null) {
      others = writer.find(keys, records, unreadable);
    }
    reader.find(others, records, unreadable);
    return new Page(records, unreadable, 0, Optional.empty());
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return JsonWriter.rejected(batch);
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    return writer().upsert(batch);
  }

  @Override
  public void flush() {
    writer().flush();
  }

  private JsonWriter writer() {
    if (writer == null) {
      throw new IllegalStateException(file.path() + " was opened as a source");
    }
    return writer;
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
