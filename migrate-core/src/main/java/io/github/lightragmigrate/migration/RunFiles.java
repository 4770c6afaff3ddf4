package io.github.lightragmigrate.migration;

import io.github.lightragmigrate.report.OutputFile;
import io.github.lightragmigrate.report.Side;
import io.github.lightragmigrate.spi.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a run writes beside its stores. */
record RunFiles(Optional<OutputFile> checkpoint, Optional<OutputFile> failureLog) {

  static RunFiles of(Optional<Path> checkpoint, Optional<Path> failureLog) {
    return new RunFiles(
        checkpoint.map(OutputFile::checkpoint), failureLog.map(OutputFile::failureLog));
  }

  /**
   * Refuses to write over what is not a run's own, or into a store.
   *
   * @throws StoreException SETTINGS with all that is wrong
   */
  void refuseForeign(List<Side> stores) {
    List<String> problems = new ArrayList<>();
    Stream.of(checkpoint, failureLog)
        .flatMap(Optional::stream)
        .forEach(
            file -> {
              file.foreign().ifPresent(why -> problems.add(file.kind() + " " + why));
              if (stores.stream().anyMatch(file::isAt)) {
                problems.add(
                    file.kind() + " " + file.path() + " is the file of a store: name another file");
              }
            });
    // it is replaced and removed by its name, which no device survives
    checkpoint
        .map(OutputFile::path)
        .filter(file -> Files.exists(file) && !Files.isRegularFile(file))
        .ifPresent(file -> problems.add("checkpoint " + file + " is no ordinary file"));
    if (checkpoint.isPresent()
        && failureLog.isPresent()
        && checkpoint.get().isSameAs(failureLog.get())) {
      problems.add("checkpoint and failure log are the same file: " + checkpoint.get().path());
    }
    if (!problems.isEmpty()) {
      throw new StoreException(StoreException.Kind.SETTINGS, String.join("\n", problems));
    }
  }
}
