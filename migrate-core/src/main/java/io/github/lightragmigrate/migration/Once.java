package io.github.lightragmigrate.migration;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that is done once. */
final class Once {

  private final String what;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * @param what it is: {@code migration}
   */
  Once(String what) {
    this.what = what;
  }

  /**
   * @throws IllegalStateException the second time
   */
  void begin() {
    if (!begun.compareAndSet(false, true)) {
      throw new IllegalStateException("a " + what + " runs once: build another");
    }
  }
}
