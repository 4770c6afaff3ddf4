package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.migration.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that a run writes beside the target. Nothing that is not their own is overwritten: a
 * slip of the pen must not cost a cache or a settings file.
 */
public final class OutputFiles {

  private static final int HEAD_BYTES = 64;
  private static final String JSON_REPORT = "{\"source\":{\"storage\":";
  private static final String HTML_REPORT = "<!DOCTYPEhtml><!--lightrag-migratereport-->";

  /** LightRAG's own files beside its cache, where a report could be taken for a store. */
  private static final Pattern LIGHT_RAGS = Pattern.compile("kv_store_.*\\.json");

  private OutputFiles() {}

  /**
   * What is wrong with the files' names, before anything is opened.
   *
   * @param failures where failed records go; empty when none are kept
   * @param checkpoint the file that was named
   */
  public static List<String> problems(
      Optional<Path> report, Optional<Path> failures, Optional<Path> checkpoint) {
    List<String> problems = new ArrayList<>();
    report.ifPresent(
        file -> {
          new ReportFile(file).problem().ifPresent(problems::add);
          if (!isOwn(file, JSON_REPORT) && !isOwn(file, HTML_REPORT)) {
            problems.add("--report " + file + " exists and is no report: name another file");
          }
        });
    failures.ifPresent(
        file -> {
          unwritable(file)
              .ifPresent(
                  why -> problems.add("the failure log " + why + ": name another by --failures"));
          if (!isOwn(file, "{\"key\":")) {
            problems.add("--failures " + file + " exists and is no failure log: name another file");
          }
        });
    checkpoint.ifPresent(
        file -> {
          unwritable(file)
              .ifPresent(
                  why -> problems.add("the checkpoint " + why + ": name another by --checkpoint"));
          if (!isOwn(file, "{\"checkpoint\":")) {
            problems.add(
                "--checkpoint " + file + " exists and is no checkpoint: name another file");
          }
        });
    lightRags("--report", report, problems);
    lightRags("--failures", failures, problems);
    lightRags("--checkpoint", checkpoint, problems);
    same("--report", report, "--failures", failures, problems);
    same("--report", report, "--checkpoint", checkpoint, problems);
    same("--failures", failures, "--checkpoint", checkpoint, problems);
    return problems;
  }

  private static void lightRags(String option, Optional<Path> file, List<String> problems) {
    file.filter(named -> LIGHT_RAGS.matcher(String.valueOf(named.getFileName())).matches())
        .ifPresent(
            named ->
                problems.add(
                    option + " " + named + " has the name of a LightRAG store: name another file"));
  }

  private static void same(
      String one,
      Optional<Path> oneFile,
      String other,
      Optional<Path> otherFile,
      List<String> problems) {
    if (oneFile.isPresent()
        && otherFile.isPresent()
        && real(oneFile.get()).equals(real(otherFile.get()))) {
      problems.add(one + " and " + other + " name the same file: " + oneFile.get());
    }
  }

  /**
   * Refuses to add to what is no failure log.
   *
   * @param log that a checkpoint names
   * @throws UsageException when it is another file
   */
  static void refuseForeign(Path log) {
    if (!isOwn(log, "{\"key\":")) {
      throw new UsageException(
          log + ", which the checkpoint names, is no failure log: name one by --failures");
    }
  }

  /**
   * Refuses to write into a store's own file.
   *
   * @throws UsageException when one of the files is the place of the source or the target
   */
  static void refuseStores(Plan plan, Endpoint source, Endpoint target) {
    List<String> places = List.of(source.store().location(), target.store().location());
    List<Path> files = new ArrayList<>();
    plan.report().ifPresent(report -> files.add(report.file()));
    plan.failures().ifPresent(files::add);
    plan.checkpoints().named().ifPresent(files::add);
    for (Path file : files) {
      if (places.contains(real(file).toString())) {
        throw new UsageException(file + " is the file of a store: name another file");
      }
    }
  }

  private static Optional<String> unwritable(Path file) {
    if (Files.exists(file)) {
      return Files.isRegularFile(file) && Files.isWritable(file)
          ? Optional.empty()
          : Optional.of(file + " cannot be written");
    }
    Path directory = existing(file.toAbsolutePath().getParent());
    return Files.isDirectory(directory) && Files.isWritable(directory)
        ? Optional.empty()
        : Optional.of(file + " cannot be written, as " + directory + " cannot");
  }

  private static Path existing(@Nullable Path directory) {
    Path found = directory == null ? Path.of("/") : directory;
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }

  /** Absent, empty, or beginning as what is written there begins, white space aside. */
  private static boolean isOwn(Path file, String beginning) {
    if (!Files.isRegularFile(file)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      String text = head.replaceAll("\\s", "");
      return text.isEmpty() || text.startsWith(beginning);
    } catch (IOException e) {
      return false;
    }
  }

  private static Path real(Path file) {
    try {
      Path absolute = file.toAbsolutePath().normalize();
      Path parent = absolute.getParent();
      if (Files.exists(absolute)) {
        return absolute.toRealPath();
      }
      return parent == null || !Files.exists(parent)
          ? absolute
          : parent.toRealPath().resolve(String.valueOf(absolute.getFileName()));
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
