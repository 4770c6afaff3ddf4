package io.github.lightragmigrate.cli.config;

import io.github.lightragmigrate.cli.config.EnvStatements.Parsed;
import io.github.lightragmigrate.cli.config.EnvStatements.Statement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one {@code .env} file, with the meaning that python-dotenv gives them.
 * Immutable.
 *
 * @see <a href="https://saurabh-kumar.com/python-dotenv/">python-dotenv</a>
 */
public final class EnvFile {
  /**
   * Who wins where {@code ${V}} is found both in the environment and on an earlier line of the
   * file.
   */
  public enum Expansion {
    /**
     * For a file that only fills gaps of the environment: python-dotenv's {@code override=False},
     * LightRAG's use.
     */
    ENVIRONMENT_FIRST,
    /** For a file that wins over the environment: python-dotenv's {@code override=True}. */
    FILE_FIRST
  }

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]*)(?::-([^}]*))?}");
  private static final Set<String> TRUE_WORDS = Set.of("1", "true", "t", "yes", "y");

  private final String name;
  private final Map<String, String> values;
  private final List<String> warnings;

  private EnvFile(String name, Map<String, String> values, List<String> warnings) {
    this.name = name;
    this.values = Map.copyOf(values);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file that need not exist, as LightRAG loads {@code ./.env}: a missing one, or a
   * directory of that name, has no variables. Where {@code PYTHON_DOTENV_DISABLED} is true in the
   * environment, python-dotenv loads nothing, and neither does this (with a warning).
   *
   * @throws SettingsFileException when it exists and cannot be read
   */
  public static EnvFile readIfPresent(Path file, Map<String, String> environment) {
    if (!Files.exists(file) || Files.isDirectory(file)) {
      return new EnvFile(file.toString(), Map.of(), List.of());
    }
    String disabled = environment.getOrDefault("PYTHON_DOTENV_DISABLED", "");
    if (TRUE_WORDS.contains(disabled.toLowerCase(Locale.ROOT))) {
      String warning = file + ": not read, since PYTHON_DOTENV_DISABLED is set in the environment";
      return new EnvFile(file.toString(), Map.of(), List.of(warning));
    }
    return read(file, environment, Expansion.ENVIRONMENT_FIRST);
  }

  /**
   * Reads a file that the user named.
   *
   * @param environment what {@code ${V}} is looked up in besides the file itself
   * @throws SettingsFileException when it is missing or cannot be read
   */
  public static EnvFile read(Path file, Map<String, String> environment, Expansion expansion) {
    Parsed parsed = EnvStatements.parse(PythonText.read(file));
    Map<String, String> values =
        expand(DotenvLines.read(parsed.statements()), environment, expansion);
    List<String> warnings =
        parsed.invalidLines().stream()
            .map(line -> file + " line " + line + ": skipped, it is not KEY=value")
            .toList();
    return new EnvFile(file.toString(), values, warnings);
  }

  /** The file as it was named. */
  public String name() {
    return name;
  }

  /** Variables that the file sets, empty ones too; a bare {@code KEY} sets nothing. */
  public Map<String, String> values() {
    return values;
  }

  /** One line for each statement that was skipped: file and line number, never the text. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The environment once this file is loaded into it without overriding anything: what a side's own
   * file expands {@code ${V}} from.
   */
  public Map<String, String> loadedInto(Map<String, String> environment) {
    Map<String, String> loaded = new HashMap<>(values);
    loaded.putAll(environment);
    return Map.copyOf(loaded);
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static Map<String, String> expand(
      List<Statement> statements, Map<String, String> environment, Expansion expansion) {
    Map<String, @Nullable String> file = new HashMap<>();
    for (Statement statement : statements) {
      String value = statement.value();
      file.put(statement.key(), value == null ? null : expand(value, file, environment, expansion));
    }
    Map<String, String> values = new HashMap<>();
    file.forEach(
        (key, value) -> {
          if (value != null) {
            values.put(key, value);
          }
        });
    return values;
  }

  private static String expand(
      String value,
      Map<String, @Nullable String> file,
      Map<String, String> environment,
      Expansion expansion) {
    return VARIABLE
        .matcher(value)
        .replaceAll(
            match -> {
              String key = match.group(1);
              boolean inFile = file.containsKey(key);
              boolean inEnvironment = environment.containsKey(key);
              String found;
              if (inFile && (expansion == Expansion.FILE_FIRST || !inEnvironment)) {
                found = file.get(key);
              } else {
                found = inEnvironment ? environment.get(key) : match.group(2);
              }
              return found == null ? "" : Matcher.quoteReplacement(found);
            });
  }
}
