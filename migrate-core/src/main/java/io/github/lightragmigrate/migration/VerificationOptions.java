package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.report.Accounts;
import io.github.lightragmigrate.report.Finding;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.verify.Verifier;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a comparison was built with.
 *
 * @param ends the stores, and how their calls are tried again
 * @param onFinding is given every difference
 * @param onFault is given the exception that ends the run
 * @param accounts what the migration said that it did
 * @param sourceCounts where the caller has counted
 */
record VerificationOptions(
    Ends ends,
    Verifier.Options comparing,
    MigrationListener listener,
    Consumer<Finding> onFinding,
    Consumer<RuntimeException> onFault,
    Optional<Accounts> accounts,
    Optional<Counts> sourceCounts) {}
