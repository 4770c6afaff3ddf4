package io.github.lightragmigrate.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that {@code retry} is given, before anything is opened. What it looks for is only
 * whether it can be a failure log at all: each line is checked when it is read.
 */
record FailureLogFile(Path path) {

  /** A log's line begins with its key. */
  private static final int BEGINNING = 1 << 12;

  /** Why it is no failure log, and what to do. */
  Optional<String> problem() throws IOException {
    return reason()
        .map(
            reason ->
                "--failures "
                    + path
                    + reason
                    + ". Name the failure log of a migration: its report says where it is, such as"
                    + " .lightrag-migrate/failures-TIME.ndjson");
  }

  private Optional<String> reason() throws IOException {
    if (Files.isDirectory(path)) {
      return Optional.of(" is a directory");
    }
    if (!Files.exists(path)) {
      return Optional.of(": there is no such file");
    }
    if (!Files.isRegularFile(path)) {
      return Optional.of(" is no ordinary file");
    }
    String beginning = beginning();
    if (beginning.isEmpty()) {
      // a log is made with its first line, so this is some other file
      return Optional.of(" is empty: no failure log");
    }
    return isLine(beginning)
        ? Optional.empty()
        : Optional.of(
            " is no failure log: it does not begin with a line {\"key\": ...}. It stays as it is;"
                + " a file of LightRAG is migrated with --from json");
  }

  private static boolean isLine(String beginning) {
    return "{\"key\":".startsWith(beginning) || beginning.matches("(?s)\\{[^\\n]*\"key\"\\s*:.*");
  }

  private String beginning() throws IOException {
    // of ISO 8859-1, in which any bytes are characters
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(path), StandardCharsets.ISO_8859_1))) {
      char[] buffer = new char[BEGINNING];
      int read = 0;
      for (int more = 0; more >= 0 && read < BEGINNING; read += Math.max(more, 0)) {
        more = reader.read(buffer, read, BEGINNING - read);
      }
      return new String(buffer, 0, read).strip();
    }
  }
}
