package io.github.lightragmigrate.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * LightRAG's LLM response cache of one workspace in one store. Safe for use by several threads.
 * Every method may throw a {@link StoreException}, and must throw nothing else; an interrupted
 * thread gets one of kind INTERRUPTED. Retries are the engine's: a store tries once. No method
 * gives back null: of what there is none, an empty list, text or Optional.
 */
public interface CacheStore extends AutoCloseable {

  /**
   * Where the records are, for people, checkpoints and the check that source and target differ:
   * host, port, database and the name that holds the workspace. Equal for equal places, at each
   * call and in each process, whatever was written; never with credentials.
   */
  String location();

  /**
   * The workspace that this store was opened for, as {@link Workspaces#resolve} made it of the
   * settings; empty when there is none.
   */
  String workspace();

  /**
   * What a person should know of this store before a migration, a sentence each; none as a rule. No
   * secrets.
   */
  default List<String> notices() {
    return List.of();
  }

  /**
   * The {@link #notices} that it would have as a target, of a store that is open for reading: for
   * those who want to know before anything is created.
   */
  default List<String> noticesAsTarget() {
    return notices();
  }

  /**
   * The workspaces that have a cache in the same directory, database or server, each once, also
   * when no record is left in it: a store that is opened with one of these names is that cache's.
   * Reads names only. Empty for a store that cannot tell: nobody is told then where the records are
   * when a workspace turns out empty.
   */
  default List<String> workspaces() {
    return List.of();
  }

  /**
   * The setting that names a place which does not exist, such as a directory: as a source it was
   * mistyped. Empty where the place stands, be it without a cache, and for a store that cannot
   * tell.
   */
  default Optional<Setting> missingPlace() {
    return Optional.empty();
  }

  /**
   * How many of the selected records are kept in a form of older LightRAG releases, which LightRAG
   * converts at its start. They are counted and scanned like the others.
   */
  default long countLegacy(Selection selection) {
    return 0;
  }

  /**
   * Counts the selected keys without reading the records, as {@link #scan} would find them.
   *
   * @return a number for each prefix of the selection, 0 too, in its order
   * @param progress is told the number found so far, where the store finds them one after the other
   */
  Counts count(Selection selection, LongConsumer progress);

  /**
   * Reads the next page. At least once: a page may repeat a key that an earlier one had (only a
   * store whose {@link #mayRepeat} says so), and never leaves one out that was there from the start
   * to the end of the scan. Gives no key outside the selection: the engine refuses it.
   *
   * <p>The last page has an empty {@link Page#next}, and may be empty itself; every other has a
   * cursor that is neither the one asked for nor {@link Cursor#START}. The cursor is the only
   * memory: a store keeps none between two pages.
   *
   * @param cursor {@link Cursor#START}, or {@link Page#next} of an earlier page, also one of an
   *     earlier process
   * @throws StoreException INVALID_CURSOR when this cursor cannot be continued: scan again from the
   *     start
   */
  Page scan(Selection selection, Cursor cursor, PageLimit limit);

  /**
   * Starts of scans that may run at the same time and together give what one from the start gives:
   * each record is in one of them, which may be about equally long. A scan from such a cursor ends
   * where the next one begins. Also for a cursor that an earlier process got, whatever was written
   * since.
   *
   * @param parts how many to make at the most, and one at least; a store that cannot make them, or
   *     holds nothing, gives {@link Cursor#START} alone. So must one that {@link #mayRepeat}: a
   *     repeated key is noticed within a part only
   */
  default List<Cursor> split(Selection selection, int parts) {
    return List.of(Cursor.START);
  }

  /**
   * About how many bytes of records in one call of {@link #scan} or {@link #upsert} this store is
   * fastest with, at least 1. More take memory: several times as much is in use.
   */
  default long bytesAtOnce() {
    return 2L << 20;
  }

  /** Whether {@link #scan} may give a key twice, on two pages. The engine then keeps the keys. */
  default boolean mayRepeat() {
    return false;
  }

  /** The records of those keys that exist, in any order; {@link Page#next} is empty. */
  Page find(Collection<String> keys);

  /**
   * What this store cannot hold of these records, each with a reason for people, found without
   * writing. {@link #upsert} refuses the same records; the server may refuse more.
   */
  default List<WriteFailure> rejected(List<CacheRecord> batch) {
    return List.of();
  }

  /**
   * What this store gives back for a record that it took: the record itself, where its form keeps
   * everything; the order of fields is free. A store with fixed columns leaves other fields out,
   * and fills in what a column cannot leave open. Finds out without asking the server.
   *
   * @param record one that is not {@link #rejected}
   */
  default CacheRecord asStored(CacheRecord record) {
    return record;
  }

  /**
   * A text that is another one when records may be gone that were flushed: after a restart of a
   * server that keeps them in memory. Empty where a flushed record is safe from that.
   */
  default String incarnation() {
    return "";
  }

  /**
   * Inserts or replaces whole records. Times are data and are stored as given. A record that the
   * store refuses is returned as a failure and does not take its neighbours along.
   *
   * @param batch no key twice
   * @throws StoreException for faults of the store; the batch may then be written in part. REJECTED
   *     when the store refused the batch for its data without telling which record it was
   */
  WriteResult upsert(List<CacheRecord> batch);

  /** On return every accepted write is durable and visible to readers. */
  void flush();

  /**
   * Releases connections, also after a failure and for an interrupted thread. Writes that were not
   * flushed may be lost.
   */
  @Override
  void close();
}
