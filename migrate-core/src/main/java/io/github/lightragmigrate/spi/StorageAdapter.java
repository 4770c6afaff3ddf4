package io.github.lightragmigrate.spi;

import java.util.List;

/**
 * One kind of store. Implementations are stateless, have a public constructor without parameters
 * and are named in {@code META-INF/services/io.github.lightragmigrate.spi.StorageAdapter}.
 */
public interface StorageAdapter {

  /** Short name for the command line, lower case: {@code redis}. */
  String id();

  /** LightRAG's class name: {@code RedisKVStorage}. */
  String name();

  /** Every setting that {@link #open} reads, in the order in which to show them. */
  List<Setting> settings();

  /**
   * What to tell a person while {@link CacheStore#count} runs, without the dots: {@code Scanning
   * Redis keys}. Empty where counting takes no time worth a word.
   */
  default String countingLabel() {
    return "";
  }

  /**
   * How long to try again for a call that fails, as LightRAG's settings for this store say where
   * they are set.
   *
   * @throws StoreException SETTINGS for values that cannot be used
   */
  default RetryPolicy retryPolicy(Settings settings) {
    return RetryPolicy.DEFAULT;
  }

  /** How many parts of {@link CacheStore#split} this kind of store gains from. */
  default int readers() {
    return 1;
  }

  /** How many calls of {@link CacheStore#upsert} at the same time this kind of store gains from. */
  default int writers() {
    return 1;
  }

  /**
   * Connects and checks that the store answers.
   *
   * @throws StoreException SETTINGS for values that cannot be used, UNAVAILABLE when nothing
   *     answers, DENIED for wrong credentials
   */
  CacheStore open(Settings settings, Access access);
}
