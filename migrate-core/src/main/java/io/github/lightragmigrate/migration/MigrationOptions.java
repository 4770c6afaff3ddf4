package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.checkpoint.Binding;
import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.progress.MigrationListener;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.transfer.Transfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a migration was built with.
 *
 * @param ends the stores, and how their calls are tried again
 * @param binding which migration this is
 * @param onFault is given the exception that ends the run
 * @param checkpoint empty in a dry run
 * @param sourceCounts where the caller has counted
 */
record MigrationOptions(
    Ends ends,
    Transfer.Options transfer,
    Binding binding,
    MigrationListener listener,
    Consumer<RuntimeException> onFault,
    Optional<Path> failureLog,
    Optional<CheckpointFile> checkpoint,
    boolean resume,
    Duration checkpointInterval,
    Optional<Counts> sourceCounts) {}
