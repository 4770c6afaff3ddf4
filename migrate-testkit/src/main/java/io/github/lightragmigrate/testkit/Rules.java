package io.github.lightragmigrate.testkit;

/** Rules on one topic: tests that {@link StoreContract} inherits. */
interface Rules {

  /** The place that the running test has for itself. */
  Place place();
}
