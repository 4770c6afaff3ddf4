package io.github.lightragmigrate.cli.terminal;

import io.github.lightragmigrate.report.MigrationReport;
import io.github.lightragmigrate.report.Verdict;
import io.github.lightragmigrate.report.VerificationReport;
import java.util.Optional;

/** The records that a verification after a migration excuses, since its failure log has them. */
public final class KnownFailures {

  private KnownFailures() {}

  /** {@code 2 records that failed (in failures.ndjson)}; empty when there are none. */
  public static Optional<String> of(VerificationReport found, MigrationReport migration) {
    long known = found.count(Verdict.KNOWN);
    if (known == 0) {
      return Optional.empty();
    }
    String how =
        migration.tally().sanitized() > 0 ? " that failed or were cleaned" : " that failed";
    return Optional.of(
        Text.records(known)
            + (known == 1 ? how.replace("were", "was") : how)
            + migration.failureLog().map(log -> " (in " + log + ")").orElse(""));
  }
}
