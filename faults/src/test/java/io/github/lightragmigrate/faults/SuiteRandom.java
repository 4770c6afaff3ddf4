package io.github.lightragmigrate.faults;

import java.util.Random;

/** Randomness that can be had again: the seed is printed, and {@code -Dfaults.seed=N} sets it. */
final class SuiteRandom {

  private SuiteRandom() {}

  /** For one test, which the seed depends on. */
  static Random of(String test) {
    String given = System.getProperty("faults.seed", "");
    long seed = given.isEmpty() ? System.nanoTime() & 0xffffff : Long.parseLong(given);
    System.out.println(test + ": -Dfaults.seed=" + seed);
    return new Random(seed * 31 + test.hashCode());
  }
}
