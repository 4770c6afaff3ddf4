package io.github.lightragmigrate.spi;

import java.util.List;

/**
 * What became of a batch: written + failures = records given.
 *
 * @param written number of records that the store accepted
 * @param failures the others, one each
 */
public record WriteResult(int written, List<WriteFailure> failures) {

  /** Copies the failures. */
  public WriteResult {
    failures = List.copyOf(failures);
  }
}
