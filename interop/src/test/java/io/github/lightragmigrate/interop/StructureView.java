package io.github.lightragmigrate.interop;

import java.util.Map;

/**
 * One kind of store as its own server or file system shows it, beside the adapter and LightRAG.
 * Names of the place itself (workspace, database, directory) are left out of what is compared.
 */
interface StructureView {

  /** LightRAG's name of the kind, as {@link Judge} takes it. */
  String store();

  /** Variables that name a place where nothing is, and its workspace. */
  Map<String, String> emptyPlace();

  /** What holds the records: table, index, collection, directories; and whatever should not be. */
  Map<String, ?> container(Map<String, String> place);

  /** The records as they are stored, by key. */
  Map<String, ?> records(Map<String, String> place);

  /** What differs after any write, even one that leaves the contents as they were. */
  Map<String, ?> versions(Map<String, String> place);

  /** Whether a line of LightRAG's log is about the cache. */
  default boolean concerns(String line) {
    return true;
  }
}
