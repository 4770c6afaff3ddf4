package io.github.lightragmigrate.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Whether the place that shows our output understands UTF-8. */
final class Charsets {

  private Charsets() {}

  /** Where no variable says otherwise it does, as Python assumes too; on Windows, Java knows. */
  static boolean unicode(Map<String, String> environment, Properties system) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(locale -> !locale.isEmpty())
        .findFirst()
        .map(Charsets::isUtf8)
        .orElseGet(
            () ->
                !system.getProperty("os.name", "").startsWith("Windows")
                    || isUtf8(system.getProperty("stdout.encoding", "")));
  }

  private static boolean isUtf8(String text) {
    return text.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
  }
}
