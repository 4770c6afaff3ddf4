package io.github.lightragmigrate.cli.config;

import io.github.lightragmigrate.cli.config.ConfigIni.Option;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of Python's {@code ConfigParser} in its default, strict form. Java's ini libraries
 * differ from it: they know inline comments, backslashes, or no continuation by indent, and accept
 * what LightRAG refuses.
 */
final class ConfigIniParser {
  private static final Pattern SECTION = Pattern.compile("\\[([^\\n]+)\\]");

  private final Path file;
  private final Map<String, Map<String, Option>> sections = new HashMap<>();
  private @Nullable Map<String, Option> section;
  private String sectionName = "";
  private String key = "";
  private int keyLine;
  private int keyIndent;
  private final List<String> valueLines = new ArrayList<>();

  ConfigIniParser(Path file) {
    this.file = file;
  }

  /**
   * Reads the whole text; an instance parses once.
   *
   * @param text with {@code \n} as the only line end
   * @return options in lower case by section
   */
  Map<String, Map<String, Option>> parse(String text) {
    if (text.startsWith("\ufeff")) {
      throw new SettingsFileException(
          file,
          1,
          "begins with a byte order mark, which LightRAG refuses; save it as UTF-8 without");
    }
    int number = 0;
    for (String line : text.split("\n", -1)) {
      line(++number, line);
    }
    endOption();
    return sections;
  }

  private void line(int number, String line) {
    String content = PythonText.strip(line);
    if (content.startsWith("#") || content.startsWith(";")) {
      return;
    }
    if (content.isEmpty()) {
      valueLines.add("");
      return;
    }
    int indent = line.indexOf(content.charAt(0));
    if (!key.isEmpty() && indent > keyIndent) {
      valueLines.add(content);
      return;
    }
    endOption();
    keyIndent = indent;
    Matcher header = SECTION.matcher(content);
    if (header.lookingAt()) {
      beginSection(number, header.group(1));
    } else {
      beginOption(number, content);
    }
  }

  private void beginSection(int number, String name) {
    boolean repeated = sections.containsKey(name) && !name.equals(ConfigIni.DEFAULT_SECTION);
    if (repeated) {
      throw new SettingsFileException(
          file, number, "section [" + name + "] is there a second time; keep one");
    }
    sectionName = name;
    section = sections.computeIfAbsent(name, n -> new HashMap<>());
  }

  private void beginOption(int number, String content) {
    if (section == null) {
      throw new SettingsFileException(file, number, "comes before the first [section]");
    }
    int delimiter = 0;
    while (delimiter < content.length() && "=:".indexOf(content.charAt(delimiter)) < 0) {
      delimiter++;
    }
    if (delimiter == 0 || delimiter == content.length()) {
      // The line is not quoted: it may be the rest of a secret that was broken in two.
      throw new SettingsFileException(file, number, "is neither [section] nor option = value");
    }
    String name = ConfigIni.optionKey(PythonText.stripTrailing(content.substring(0, delimiter)));
    if (section.containsKey(name)) {
      throw new SettingsFileException(
          file,
          number,
          "option " + name + " of [" + sectionName + "] is there a second time; keep one");
    }
    key = name;
    keyLine = number;
    valueLines.add(PythonText.strip(content.substring(delimiter + 1)));
    section.put(name, new Option(number, ""));
  }

  private void endOption() {
    if (section != null && !key.isEmpty()) {
      String value = PythonText.stripTrailing(String.join("\n", valueLines));
      section.put(key, new Option(keyLine, value));
    }
    key = "";
    valueLines.clear();
  }
}
