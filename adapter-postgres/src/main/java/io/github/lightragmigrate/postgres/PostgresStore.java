package io.github.lightragmigrate.postgres;

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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Safe for use by several threads: each call has a connection to itself, for one transaction. */
final class PostgresStore implements CacheStore {

  private final ConnectionPool connections;
  private final CacheTable table;
  private final PostgresSettings settings;
  private final Access access;
  private final CacheReader reader;
  private final OpenScans scans;
  private final CacheWriter writer;

  PostgresStore(
      ConnectionPool connections, CacheTable table, PostgresSettings settings, Access access) {
    this.connections = connections;
    this.table = table;
    this.settings = settings;
    this.access = access;
    this.reader = new CacheReader(table, settings.workspace());
    this.scans = new OpenScans(connections);
    this.writer = new CacheWriter(table, settings.workspace());
  }

  @Override
  public String location() {
    String schema =
        table.schema().isEmpty() || table.schema().equals("public") ? "" : table.schema() + ".";
    return "postgres "
        + settings.place()
        + " "
        + schema
        + CacheTable.NAME
        + " workspace '"
        + settings.workspace()
        + "'";
  }

  @Override
  public String workspace() {
    return settings.workspace();
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
    List<String> notices = new ArrayList<>();
    if (purpose == Access.TARGET) {
      notices.add(
          "PostgreSQL keeps return, cache_type, chunk_id, original_prompt, queryparam, create_time"
              + " and update_time of a record; other fields are not kept, absent ones become null"
              + " (times: 0), an empty queryparam null. Times are kept to the microsecond, and"
              + " LightRAG reads them as whole seconds.");
      notices.addAll(connections.inTransaction(connection -> Hindrances.of(connection, table)));
      notices.addAll(connections.inTransaction(TargetTable::hindrancesOfLightRag));
    } else if (table.isLegacy()) {
      notices.add(
          "The PostgreSQL table has the form of an older LightRAG (column 'mode'): rows without a"
              + " flat key are read under the key that LightRAG would give them. LightRAG"
              + " 1.5.7 drops that column before it makes the keys, and then finds none of them:"
              + " migrate before it is started on this database.");
    } else if (table.exists()) {
      long stranded = connections.inTransaction(reader::countStranded);
      if (stranded > 0) {
        notices.add(
            stranded
                + " rows of the PostgreSQL table are not migrated: they are from an older LightRAG,"
                + " and a newer one lost their modes, so that neither finds them by a key.");
      }
    }
    if (table.exists() && connections.inTransaction(TableFacts::hidesRows)) {
      notices.add(
          "Row-level security of the PostgreSQL table lightrag_llm_cache may hide records from this"
              + " user: use its owner, or a user with BYPASSRLS.");
    }
    return notices;
  }

  @Override
  public List<String> workspaces() {
    return table.exists() ? connections.inTransaction(TableFacts::workspaces) : List.of();
  }

  @Override
  public long countLegacy(Selection selection) {
    return table.isLegacy()
        ? connections.inTransaction(connection -> reader.countLegacy(connection, selection))
        : 0;
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    if (!table.exists()) {
      Map<String, Long> none = new LinkedHashMap<>();
      selection.prefixes().forEach(prefix -> none.put(prefix, 0L));
      return Counts.exact(none);
    }
    Counts counts = connections.inTransaction(connection -> reader.count(connection, selection));
    progress.accept(counts.total());
    return counts;
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    if (!table.exists()) {
      return Page.of(List.of(), Optional.empty());
    }
    ConnectionPool.checkInterrupt();
    RowStream rows =
        scans
            .take(selection, cursor)
            .orElseGet(
                () -> connections.lending(connection -> open(connection, selection, cursor)));
    try {
      Page page = reader.read(rows, cursor, limit);
      if (page.next().isPresent()) {
        scans.keep(selection, page.next().get(), rows);
      } else {
        rows.connection().commit();
        connections.giveBack(rows.connection(), true);
      }
      return page;
    } catch (SQLException e) {
      connections.discard(rows.connection());
      throw connections.translated(e);
    } catch (RuntimeException e) {
      connections.abort(rows.connection());
      throw e;
    }
  }

  private RowStream open(Connection connection, Selection selection, Cursor cursor)
      throws SQLException {
    boolean open = false;
    try {
      RowStream rows = reader.open(connection, selection, cursor);
      open = true;
      return rows;
    } finally {
      if (!open) {
        connections.discard(connection);
      }
    }
  }

  @Override
  public List<Cursor> split(Selection selection, int parts) {
    return table.exists() && parts > 1
        ? connections.inTransaction(connection -> reader.split(connection, parts))
        : List.of(Cursor.START);
  }

  @Override
  public Page find(Collection<String> keys) {
    if (!table.exists() || keys.isEmpty()) {
      return Page.of(List.of(), Optional.empty());
    }
    return connections.inTransaction(connection -> reader.find(connection, keys));
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    List<WriteFailure> failures = new ArrayList<>();
    encode(batch, failures);
    return failures;
  }

  @Override
  public CacheRecord asStored(CacheRecord record) {
    return StoredForm.of(record);
  }

  /** One transaction: the records that can be held are written all or not at all. */
  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    if (access == Access.SOURCE) {
      throw new IllegalStateException("opened as a source: " + location());
    }
    List<WriteFailure> failures = new ArrayList<>();
    List<CacheRow> rows = encode(batch, failures);
    if (!rows.isEmpty()) {
      connections.inTransaction(
          connection -> {
            writer.write(connection, rows);
            return rows.size();
          });
    }
    return new WriteResult(rows.size(), failures);
  }

  private static List<CacheRow> encode(List<CacheRecord> batch, List<WriteFailure> failures) {
    List<CacheRow> rows = new ArrayList<>(batch.size());
    for (CacheRecord record : batch) {
      try {
        rows.add(RecordEncoder.encode(record));
      } catch (UnstorableException e) {
        failures.add(WriteFailure.rejected(record.key(), String.valueOf(e.getMessage())));
      }
    }
    return rows;
  }

  /** Nothing to do: a batch is durable when its transaction is committed. */
  @Override
  public void flush() {}

  @Override
  public void close() {
    scans.closeAll();
    connections.close();
  }
}
