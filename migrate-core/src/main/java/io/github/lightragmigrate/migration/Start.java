package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.checkpoint.Binding;
import io.github.lightragmigrate.checkpoint.Checkpoint;
import io.github.lightragmigrate.checkpoint.CheckpointFile;
import io.github.lightragmigrate.checkpoint.Progress;
import io.github.lightragmigrate.report.FailureLog;
import io.github.lightragmigrate.report.Tally;
import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a run begins: at the source's start, or where a checkpoint says that an earlier run was.
 *
 * @param failureLog where failed records go
 * @param failuresStart bytes of that log before the migration's first line
 * @param note why it is not where the checkpoint says, for people
 */
record Start(
    Progress progress, Optional<FailureLog> failureLog, long failuresStart, Optional<String> note) {

  static Start atTheBeginning(Binding binding, Optional<Path> failureLog, Optional<String> note) {
    Optional<FailureLog> log = log(binding, failureLog);
    return new Start(Progress.START, log, log.map(FailureLog::length).orElse(0L), note);
  }

  /**
   * The checkpoint to go on from, if there is one.
   *
   * @throws StoreException SETTINGS when it is another migration's, or the file is none
   */
  static Optional<Checkpoint> checkpoint(CheckpointFile file, Binding binding) {
    Optional<Checkpoint> found = file.read();
    found.ifPresent(checkpoint -> refuseAnother(file, checkpoint.binding().differences(binding)));
    return found;
  }

  /** Where the checkpoint says, if what it says is still so. */
  static Start resumed(
      Checkpoint checkpoint,
      Binding binding,
      Selection selection,
      CacheStore target,
      Retrier retrier,
      Optional<Path> failureLog) {
    Optional<String> doubt = doubt(checkpoint, selection, target, retrier);
    Optional<Path> logFile =
        failureLog.or(() -> checkpoint.failures().map(Checkpoint.Failures::log));
    if (doubt.isPresent()) {
      return atTheBeginning(binding, logFile, doubt.map(why -> why + ": began anew at the start"));
    }
    Optional<FailureLog> log = log(binding, logFile);
    Optional<Checkpoint.Failures> own =
        checkpoint
            .failures()
            .filter(
                failures -> logFile.map(Path::toAbsolutePath).equals(Optional.of(failures.log())));
    own.ifPresent(failures -> log.ifPresent(file2 -> file2.rewind(failures.end())));
    return new Start(
        checkpoint.progress(),
        log,
        own.map(Checkpoint.Failures::start).orElseGet(() -> log.map(FailureLog::length).orElse(0L)),
        own.flatMap(Start::shortened));
  }

  private static Optional<FailureLog> log(Binding binding, Optional<Path> file) {
    return file.map(path -> new FailureLog(path, binding.fingerprint()));
  }

  /** As a replay or a person left it. */
  private static Optional<String> shortened(Checkpoint.Failures failures) {
    return new FailureLog(failures.log()).length() < failures.end()
        ? Optional.of(
            "lines were taken out of the failure log "
                + failures.log()
                + " since the earlier run: not all records that are counted as failed are in it")
        : Optional.empty();
  }

  private static void refuseAnother(CheckpointFile file, List<String> differences) {
    if (!differences.isEmpty()) {
      throw new StoreException(
          StoreException.Kind.SETTINGS,
          "the checkpoint "
              + file.path()
              + " is of another migration:\n  "
              + String.join("\n  ", differences)
              + "\nname its own options or another file (--checkpoint), or begin anew without resuming"
              + " (--resume)");
    }
  }

  /** Why what was written before cannot be counted on. */
  private static Optional<String> doubt(
      Checkpoint checkpoint, Selection selection, CacheStore target, Retrier retrier) {
    String incarnation = retrier.call("connecting", target::incarnation);
    if (!incarnation.equals(checkpoint.incarnation())) {
      return Optional.of(
          "the target was restarted since the checkpoint, and may have lost records");
    }
    Tally tally = checkpoint.progress().accounts().total();
    Counts counts = retrier.call("counting", () -> target.count(selection, found -> {}));
    return counts.exact() && counts.total() < tally.written() + tally.skipped()
        ? Optional.of("the target has fewer records than the checkpoint says")
        : Optional.empty();
  }
}
