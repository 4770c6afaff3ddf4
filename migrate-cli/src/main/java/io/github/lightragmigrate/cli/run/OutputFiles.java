package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.report.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files that a run writes beside the target, by their options. Nothing that is not their own is
 * overwritten: a slip of the pen must not cost a cache or a settings file.
 */
public final class OutputFiles {

  private static final String JSON_REPORT = "{\"source\":{\"storage\":";
  private static final String HTML_REPORT = "<!DOCTYPEhtml><!--lightrag-migratereport-->";

  private OutputFiles() {}

  /**
   * What is wrong with the files' names, before anything is opened.
   *
   * @param failures where failed records go; empty when none are kept
   * @param checkpoint the file that was named
   */
  public static List<String> problems(
      Optional<Path> report, Optional<Path> failures, Optional<Path> checkpoint) {
    Map<String, OutputFile> files = new TreeMap<>();
    failures.ifPresent(file -> files.put("--failures", OutputFile.failureLog(file)));
    checkpoint.ifPresent(file -> files.put("--checkpoint", OutputFile.checkpoint(file)));
    List<String> problems = new ArrayList<>();
    files.forEach(
        (option, file) ->
            Stream.of(file.unwritable(), file.foreign())
                .flatMap(Optional::stream)
                .forEach(why -> problems.add(option + " " + why)));
    report.ifPresent(
        file -> {
          files.put("--report", report(file));
          new ReportFile(file).problem().ifPresent(problems::add);
          report(file).foreign().ifPresent(why -> problems.add("--report " + why));
        });
    files.forEach(
        (option, file) ->
            files.forEach(
                (other, otherFile) -> {
                  if (option.compareTo(other) > 0 && file.isSameAs(otherFile)) {
                    problems.add(option + " and " + other + " name the same file: " + file.path());
                  }
                }));
    return problems;
  }

  private static OutputFile report(Path file) {
    return new OutputFile("report", List.of(JSON_REPORT, HTML_REPORT), file);
  }

  /**
   * Refuses to write the report into a store's own file; the engine looks at its own files itself.
   *
   * @throws UsageException when it is the place of the source or the target
   */
  static void refuseStores(Plan plan, Endpoint source, Endpoint target) {
    plan.report()
        .map(named -> report(named.file()))
        .filter(file -> file.isAt(source.side()) || file.isAt(target.side()))
        .ifPresent(
            file -> {
              throw new UsageException(file.path() + " is the file of a store: name another file");
            });
  }
}
