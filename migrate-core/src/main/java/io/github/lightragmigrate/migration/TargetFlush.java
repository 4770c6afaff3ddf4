package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.StoreException;

/**
 * Makes durable what a target has accepted, and does not believe a target that was restarted
 * meanwhile without its records.
 */
final class TargetFlush {

  private final CacheStore target;
  private final Retrier retrier;
  private final String incarnation;

  /** Before the first write. */
  TargetFlush(CacheStore target, Retrier retrier) {
    this.target = target;
    this.retrier = retrier;
    this.incarnation = retrier.call("connecting", target::incarnation);
  }

  /** Of the target when the run began. */
  String incarnation() {
    return incarnation;
  }

  /**
   * Flushes, trying again what may pass.
   *
   * @throws RecordsLostException when the target was restarted since the run began
   */
  void run() {
    retrier.run("flushing", this::once);
  }

  /**
   * Flushes.
   *
   * @throws RecordsLostException when the target was restarted since the run began
   */
  void once() {
    target.flush();
    if (!target.incarnation().equals(incarnation)) {
      throw new RecordsLostException(
          "the target was restarted during the run: records written before may be lost");
    }
  }

  /** What was accepted may be gone; writing it again helps. */
  static final class RecordsLostException extends StoreException {

    private static final long serialVersionUID = 1L;

    RecordsLostException(String message) {
      super(Kind.FAULT, message);
    }
  }
}
