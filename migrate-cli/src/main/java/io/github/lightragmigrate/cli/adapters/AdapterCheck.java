package io.github.lightragmigrate.cli.adapters;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at what an adapter says of itself, before anything is done with it. */
final class AdapterCheck {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._$-]*");

  private AdapterCheck() {}

  /**
   * Why it cannot be used.
   *
   * @param others that are there already
   */
  static Optional<String> problem(StorageAdapter adapter, List<StorageAdapter> others) {
    if (!ID.matcher(adapter.id()).matches()) {
      return Optional.of(
          "its id() is '"
              + adapter.id()
              + "': lower case letters, digits and . _ - make one, such as files");
    }
    if (!NAME.matcher(adapter.name()).matches()) {
      return Optional.of(
          "its name() is '"
              + adapter.name()
              + "': a word of letters, digits and . _ - makes one, such as FilesKVStorage");
    }
    Set<String> names = new HashSet<>();
    for (Setting setting : adapter.settings()) {
      if (!names.add(setting.name())) {
        return Optional.of("its settings() have " + setting.name() + " twice");
      }
      Optional<StorageAdapter> keeper = keeper(setting, others);
      if (keeper.isPresent()) {
        return Optional.of(
            "its settings() have "
                + setting.name()
                + " without asSecret(), which is a secret of "
                + keeper.get().name()
                + ": it would be shown");
      }
    }
    return Optional.empty();
  }

  private static Optional<StorageAdapter> keeper(Setting open, List<StorageAdapter> others) {
    return others.stream()
        .filter(
            other ->
                !open.secret()
                    && other.settings().stream()
                        .anyMatch(own -> own.secret() && own.name().equals(open.name())))
        .findFirst();
  }
}
