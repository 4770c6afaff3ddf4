package io.github.lightragmigrate.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of one {@code config.ini}, with the meaning that Python's {@code ConfigParser} gives
 * them. Immutable.
 *
 * @see <a href="https://docs.python.org/3/library/configparser.html">configparser</a>
 */
public final class ConfigIni {
  /**
   * An option as written: the line it begins on, and its value with {@code %} not yet interpreted.
   */
  record Option(int line, String raw) {}

  static final String DEFAULT_SECTION = "DEFAULT";
  private static final int MAX_DEPTH = 10;
  private static final Pattern REFERENCE = Pattern.compile("%\\(([^)]+)\\)s");

  private final Path file;
  private final Map<String, Map<String, Option>> sections;

  private ConfigIni(Path file, Map<String, Map<String, Option>> sections) {
    this.file = file;
    this.sections = sections;
  }

  /**
   * Reads a file that need not exist: a missing one, or a directory of that name, has no options.
   *
   * @throws SettingsFileException when it exists and cannot be read, or is not well-formed
   */
  public static ConfigIni readIfPresent(Path file) {
    return Files.exists(file) && !Files.isDirectory(file)
        ? read(file)
        : new ConfigIni(file, Map.of());
  }

  /**
   * Reads a file that the user named.
   *
   * @throws SettingsFileException when it is missing, cannot be read, or is not well-formed: text
   *     before the first section, a line that is no option, a repeated section or option, a byte
   *     order mark (LightRAG refuses each)
   */
  public static ConfigIni read(Path file) {
    return new ConfigIni(file, new ConfigIniParser(file).parse(PythonText.read(file)));
  }

  /** The file as it was named. */
  public String name() {
    return file.toString();
  }

  /**
   * The option's value, interpolated; {@code [DEFAULT]} counts only where the section itself is in
   * the file.
   *
   * @param option in any case
   * @throws SettingsFileException when the value's {@code %} is neither {@code %%} nor a known
   *     {@code %(option)s}
   */
  public Optional<String> get(String section, String option) {
    if (!sections.containsKey(section)) {
      return Optional.empty();
    }
    String key = optionKey(option);
    Option found = find(section, key);
    if (found == null) {
      return Optional.empty();
    }
    StringBuilder value = new StringBuilder();
    new Interpolation(section, key, found.line()).append(found.raw(), value, 1);
    return Optional.of(value.toString());
  }

  static String optionKey(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private @Nullable Option find(String section, String key) {
    Option own = sections.getOrDefault(section, Map.of()).get(key);
    return own != null ? own : sections.getOrDefault(DEFAULT_SECTION, Map.of()).get(key);
  }

  /** {@code BasicInterpolation} of one option. */
  private final class Interpolation {
    private final String section;
    private final String key;
    private final int line;

    Interpolation(String section, String key, int line) {
      this.section = section;
      this.key = key;
      this.line = line;
    }

    void append(String raw, StringBuilder value, int depth) {
      if (depth > MAX_DEPTH && raw.indexOf('%') >= 0) {
        throw problem("its %(name)s references go round in a circle or too deep");
      }
      Matcher reference = REFERENCE.matcher(raw);
      int done = 0;
      for (int percent = raw.indexOf('%'); percent >= 0; percent = raw.indexOf('%', done)) {
        value.append(raw, done, percent);
        if (raw.startsWith("%%", percent)) {
          value.append('%');
          done = percent + 2;
        } else if (reference.region(percent, raw.length()).lookingAt()) {
          Option referred = find(section, optionKey(reference.group(1)));
          if (referred == null) {
            throw problem("it refers by %(name)s to an option that is not there; write %% for %");
          }
          append(referred.raw(), value, depth + 1);
          done = reference.end();
        } else {
          throw problem("a % in it is followed by neither % nor (name)s; write %% for %");
        }
      }
      value.append(raw, done, raw.length());
    }

    private SettingsFileException problem(String problem) {
      return new SettingsFileException(
          file, line, "option " + key + " of [" + section + "]: " + problem);
    }
  }
}
