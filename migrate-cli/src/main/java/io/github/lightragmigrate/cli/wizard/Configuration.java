package io.github.lightragmigrate.cli.wizard;

import io.github.lightragmigrate.cli.config.AdapterSettings;
import io.github.lightragmigrate.cli.config.AdapterSettings.Entry;
import io.github.lightragmigrate.cli.config.SettingsSources;
import io.github.lightragmigrate.cli.config.SettingsSources.Layer;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the wizard says about where a store's settings come from, and could. */
final class Configuration {

  private final StorageAdapter adapter;
  private final List<Entry> required;

  Configuration(StorageAdapter adapter, AdapterSettings settings) {
    this.adapter = adapter;
    this.required = settings.required();
  }

  /** All that is needed is set somewhere; defaults are a guess. */
  boolean isSet() {
    return required.stream().allMatch(entry -> entry.found().isPresent());
  }

  List<String> check() {
    if (required.isEmpty()) {
      return List.of("✓ No environment variables required");
    }
    String missing =
        required.stream()
            .filter(entry -> !entry.isVariable())
            .map(entry -> entry.setting().name())
            .collect(Collectors.joining(", "));
    if (missing.isEmpty()) {
      return List.of("✓ All required environment variables are set");
    }
    return List.of(
        "⚠️  Warning: Missing environment variables: " + missing,
        isSet()
            ? "   ✓ Found configuration in config.ini"
            : "   Will attempt to use defaults for " + adapter.name());
  }

  /** {@code environment variables}; empty when nothing is needed. */
  Optional<String> source() {
    return required.isEmpty()
        ? Optional.empty()
        : Optional.of(
            required.stream().map(this::source).distinct().collect(Collectors.joining(", ")));
  }

  private String source(Entry entry) {
    String plural = required.size() > 1 ? "s" : "";
    return entry
        .found()
        .map(
            found ->
                found.layer() == Layer.ENVIRONMENT ? "environment variable" + plural : file(found))
        .orElse("default" + plural);
  }

  private static String file(SettingsSources.Setting found) {
    // "TARGET_REDIS_URI in .env"
    String origin = found.origin();
    int in = origin.lastIndexOf(" in ");
    return in < 0 ? origin : origin.substring(in + " in ".length());
  }

  /** How the store can be configured. */
  List<String> hints() {
    List<String> lines = new ArrayList<>();
    lines.add("For " + adapter.name() + ", you can configure using:");
    lines.add("  1. Environment variables (highest priority)");
    List<Setting> named =
        required.isEmpty() ? adapter.settings() : required.stream().map(Entry::setting).toList();
    named.forEach(setting -> lines.add("     - " + setting.name()));
    Map<String, List<String>> sections = iniLines();
    if (!sections.isEmpty()) {
      lines.add("  2. config.ini file (medium priority)");
      sections.forEach(
          (section, options) -> {
            lines.add("     [" + section + "]");
            options.forEach(option -> lines.add("     " + option));
          });
    }
    return lines;
  }

  private Map<String, List<String>> iniLines() {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    for (Setting setting : adapter.settings()) {
      if (!setting.section().isEmpty() && !setting.example().isEmpty()) {
        sections
            .computeIfAbsent(setting.section(), name -> new ArrayList<>())
            .add(setting.option() + " = " + setting.example());
      }
    }
    return sections;
  }
}
