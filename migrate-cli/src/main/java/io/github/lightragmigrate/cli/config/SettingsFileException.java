package io.github.lightragmigrate.cli.config;

import java.nio.file.Path;

/**
 * A settings file that cannot be read. The message names the file, the line and the key, never a
 * value.
 */
public final class SettingsFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SettingsFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  SettingsFileException(Path file, int line, String problem) {
    super(file + " line " + line + ": " + problem);
  }
}
