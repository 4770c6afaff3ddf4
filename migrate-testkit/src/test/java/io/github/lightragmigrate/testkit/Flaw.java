package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.CacheStore;

/** A way to get a store wrong. */
interface Flaw {

  String name();

  /** The test of the contract that must notice. */
  String noticedBy();

  /** What the failure must say, in part. */
  default String advice() {
    return " must ";
  }

  CacheStore in(CacheStore store);
}
