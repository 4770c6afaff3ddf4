package io.github.lightragmigrate.cli.config;

import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.cli.terminal.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Variables that nobody reads, but that look like a setting with a slip in its name. */
final class Misspelled {

  /** Shorter names are near to too much: {@code PORT}. */
  private static final int TELLING = 8;

  private final Set<String> known = new HashSet<>();

  /** Those that can have been meant. */
  private final Set<String> telling = new LinkedHashSet<>();

  /**
   * @param names of settings
   */
  Misspelled(Collection<String> names) {
    for (String name : names) {
      List<String> forms = List.of(name, Side.SOURCE + "_" + name, Side.TARGET + "_" + name);
      known.addAll(forms);
      if (name.length() >= TELLING) {
        telling.addAll(forms);
      }
    }
  }

  /**
   * A line for each.
   *
   * @param places of the variables that are set, by their names
   */
  List<String> among(Map<String, String> places) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(places)
        .forEach(
            (name, place) -> {
              List<String> meant = meant(name);
              // where that is set too, the other may be another program's
              if (!meant.isEmpty() && meant.stream().noneMatch(places::containsKey)) {
                lines.add(name + " in " + place + " is no setting" + Spelling.hint(meant));
              }
            });
    return lines;
  }

  private List<String> meant(String name) {
    return known.contains(name) ? List.of() : Spelling.nearest(name, telling);
  }
}
