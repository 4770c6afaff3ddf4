package io.github.lightragmigrate.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whether a LightRAG server has the cache file of a directory in memory. */
enum Holding {
  YES,
  NO,
  UNKNOWN;

  /** LightRAG's name of the storage that keeps JSON files, its default. */
  static final String JSON_STORAGE = "JsonKVStorage";

  /**
   * Compares what the paths lead to, so that links and mounts do not matter.
   *
   * @param theirs directory in which the server keeps its cache file
   * @param ours directory that must exist
   * @return UNKNOWN where this user may not look
   */
  static Holding of(Path theirs, Path ours) {
    try {
      return Files.isSameFile(theirs, ours) || haveOneFile(theirs, ours) ? YES : NO;
    } catch (NoSuchFileException e) {
      return NO;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static boolean haveOneFile(Path theirs, Path ours) throws IOException {
    Path their = theirs.resolve(CacheFile.NAME);
    Path our = ours.resolve(CacheFile.NAME);
    return Files.exists(their) && Files.exists(our) && Files.isSameFile(their, our);
  }
}
