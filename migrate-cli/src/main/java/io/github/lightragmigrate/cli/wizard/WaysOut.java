package io.github.lightragmigrate.cli.wizard;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person can do whose wizard has found no store to migrate to.
 *
 * @param source that was chosen
 * @param others the stores that are not configured
 */
record WaysOut(StorageAdapter source, List<StorageAdapter> others) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("What to do: either set what a store needs, in the environment or in .env, and");
    lines.add("start again; 'migrate doctor' tells whether it can be reached:");
    for (StorageAdapter adapter : others) {
      lines.add("  " + adapter.name());
      adapter.settings().stream()
          .filter(Setting::required)
          .forEach(setting -> lines.add("    " + setting.name() + "=" + example(setting)));
    }
    lines.add("");
    lines.add("Or name both stores; they may be one store with two workspaces:");
    others.stream().limit(1).forEach(adapter -> lines.add(command(adapter)));
    lines.add(command(source) + " --source-workspace A --target-workspace B");
    lines.add("More: migrate --help");
    return lines;
  }

  private String command(StorageAdapter target) {
    return "  migrate --from " + source.id() + " --to " + target.id();
  }

  private static String example(Setting setting) {
    return setting.example().isEmpty() ? setting.defaultValue().orElse("...") : setting.example();
  }
}
