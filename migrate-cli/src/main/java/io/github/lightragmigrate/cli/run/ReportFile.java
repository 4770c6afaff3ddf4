package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.html.HtmlReport;
import io.github.lightragmigrate.cli.html.Run;
import io.github.lightragmigrate.report.ReportJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/** The file for the report, a page or JSON by its name, which is complete or not there. */
public final class ReportFile {

  private final Path file;

  public ReportFile(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Whether it is for a browser. */
  boolean isPage() {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".html");
  }

  /** Takes an earlier report away: it must not be taken for one of a run that wrote none. */
  public void removeOld() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot replace the report " + file, e);
    }
  }

  /** Why the report could not be written there. */
  public Optional<String> problem() {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return Optional.of("--report " + file + " is no ordinary file");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      return Optional.of("--report " + file + " cannot be written");
    }
    if (!Files.isDirectory(directory())) {
      return Optional.of("--report " + file + ": there is no directory " + directory());
    }
    try {
      Files.delete(temporary());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("--report " + file + ": cannot write to the directory " + directory());
    }
  }

  /**
   * @throws UncheckedIOException when it cannot be written
   */
  void write(Run run) {
    try {
      Path temporary = temporary();
      try {
        try (OutputStream out = Files.newOutputStream(temporary)) {
          if (isPage()) {
            new HtmlReport(run).write(out);
          } else {
            ReportJson.write(run.report(), run.verification(), Optional.of(run.details()), out);
            out.write('\n');
          }
        }
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report " + file, e);
    }
  }

  private Path temporary() throws IOException {
    return Files.createTempFile(directory(), ".report-", ".tmp");
  }

  private Path directory() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
