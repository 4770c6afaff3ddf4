package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;

/**
 * LightRAG's {@code PGKVStorage}: table {@code lightrag_llm_cache}, found through the search_path,
 * as LightRAG 1.5.7 keeps it ({@code lightrag/kg/postgres_impl.py}).
 *
 * <p>Differs from what was written, when it is read back:
 *
 * <ul>
 *   <li>fields other than {@code return cache_type chunk_id original_prompt queryparam create_time
 *       update_time} are dropped without a failure;
 *   <li>an absent {@code original_prompt}, {@code chunk_id} or {@code queryparam} is null; an
 *       absent {@code cache_type} is that of the key; an absent or null time is 0, because LightRAG
 *       sorts by it and fails on null;
 *   <li>a {@code queryparam} that Python takes for false ({@code {} [] "" 0 false}) is null;
 *   <li>times are rounded to microseconds; whole ones come back as integers;
 *   <li>{@code queryparam} keeps its value, not its text (JSONB).
 * </ul>
 *
 * <p>Rejected, one record at a time: NUL or a lone surrogate in any text; a key or {@code chunk_id}
 * over 255 and a {@code cache_type} over 32 characters (code points); an absent {@code return};
 * text fields that are no string and no null; times that are no number or before 4713 BC or after
 * 294276 AD; in {@code queryparam} numbers that are not finite, of over 131,072 digits before or
 * 16,383 after the decimal point.
 *
 * <p>A table with the column {@code mode}, from an older LightRAG, is read as LightRAG would
 * migrate it: a row whose id has no colon has the key {@code mode:(extract when mode is default,
 * else unknown):md5(original_prompt)}. Of rows with one key that can be read the one that has it as
 * its id is, else the first by (mode, id). Such a table is no target.
 */
public final class PostgresAdapter implements StorageAdapter {

  @Override
  public String id() {
    return "postgres";
  }

  @Override
  public String name() {
    return "PGKVStorage";
  }

  @Override
  public String countingLabel() {
    return "Counting PostgreSQL records";
  }

  @Override
  public List<Setting> settings() {
    return PostgresSettings.ALL;
  }

  @Override
  public RetryPolicy retryPolicy(Settings settings) {
    return RetrySettings.policy(settings);
  }

  /** A server compresses long texts, which takes it longer than anything else: two at a time. */
  @Override
  public int writers() {
    return 2;
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    PostgresSettings parsed = PostgresSettings.parse(settings);
    ConnectionPool connections = new ConnectionPool(parsed, access == Access.SOURCE);
    try {
      CacheTable table =
          access == Access.TARGET
              ? TargetTable.openOrCreate(connections)
              : connections.inTransaction(CacheTable::inspect).checkReadable();
      return new PostgresStore(connections, table, parsed, access);
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }
}
