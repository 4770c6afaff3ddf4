package io.github.lightragmigrate.spi;

import java.util.List;

/**
 * One kind of store. Implementations are public, have a public constructor without parameters and
 * are named in {@code META-INF/services/io.github.lightragmigrate.spi.StorageAdapter}. One instance
 * opens the stores of both sides, and those of several runs at the same time: what belongs to a
 * place is kept in its {@link CacheStore}. No method gives back null.
 */
public interface StorageAdapter {

  /**
   * Name on the command line: {@code redis}. Lower case letters, digits and {@code -}, no adapter's
   * beside it.
   */
  String id();

  /**
   * Name for people and reports: LightRAG's class name where there is one, {@code RedisKVStorage}.
   * No other adapter's.
   */
  String name();

  /**
   * Every setting that {@link #open} reads, {@link Setting#WORKSPACE} too, in the order in which to
   * show them: others are not passed on. A name that another adapter has is one variable for both.
   */
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

  /** How many parts of {@link CacheStore#split} this kind of store gains from, at least 1. */
  default int readers() {
    return 1;
  }

  /**
   * How many calls of {@link CacheStore#upsert} at the same time this kind of store gains from, at
   * least 1. Users may ask for more ({@code --writers}): it is no bound.
   */
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
