package io.github.lightragmigrate.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of settings for one side of a migration. A present but empty value is a value. */
public final class Settings {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Settings from a map.
   *
   * @param values by {@link Setting#name}
   */
  public static Settings of(Map<String, String> values) {
    Objects.requireNonNull(values, "values")
        .forEach((name, value) -> Objects.requireNonNull(value, () -> "value of " + name));
    return new Settings(values);
  }

  /**
   * Names of values that none of these settings has, sorted: slips of the pen, where the values are
   * all for one store. Nothing else tells of them: an environment holds other programs' variables
   * too.
   *
   * @param settings of the store: {@link StorageAdapter#settings}
   */
  public List<String> unknown(List<Setting> settings) {
    Set<String> known = settings.stream().map(Setting::name).collect(Collectors.toSet());
    return values.keySet().stream().filter(name -> !known.contains(name)).sorted().toList();
  }

  /** Whether there is a value that is not the default. */
  public boolean isSet(Setting setting) {
    return values.containsKey(setting.name());
  }

  /** The value, else the default. */
  public Optional<String> get(Setting setting) {
    String value = values.get(setting.name());
    return value == null ? setting.defaultValue() : Optional.of(value);
  }

  /** The value, else the default, else empty text. */
  public String text(Setting setting) {
    return get(setting).orElse("");
  }

  /**
   * The value as an integer.
   *
   * @throws StoreException SETTINGS when it is missing or no integer
   */
  public int integer(Setting setting) {
    try {
      return Integer.parseInt(require(setting).strip());
    } catch (NumberFormatException e) {
      throw unusable(setting, "is not an integer");
    }
  }

  /**
   * The value as a number.
   *
   * @throws StoreException SETTINGS when it is missing or no number
   */
  public double decimal(Setting setting) {
    String text = require(setting).strip();
    // Java would take 30d and 0x1p4 too
    double value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (Double.isFinite(value)) {
      return value;
    }
    throw unusable(setting, "is not a number");
  }

  /**
   * The value as a yes or no.
   *
   * @throws StoreException SETTINGS when it is neither a yes nor a no
   */
  public boolean flag(Setting setting) {
    return switch (text(setting).strip().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off", "" -> false;
      default -> throw unusable(setting, "is neither true nor false");
    };
  }

  /**
   * The value, which must be there.
   *
   * @throws StoreException SETTINGS when it is missing
   */
  public String require(Setting setting) {
    return get(setting).orElseThrow(() -> unusable(setting, "is not set"));
  }

  /**
   * What is missing or malformed among these settings, a line each; never a value, which may be a
   * secret.
   */
  public List<String> problems(List<Setting> settings) {
    List<String> problems = new ArrayList<>();
    for (Setting setting : settings) {
      try {
        check(setting);
      } catch (StoreException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }

  /** Whether a setting of the type can have the value. */
  static boolean fits(Setting.Type type, String value) {
    return of(Map.of("value", value)).problems(List.of(Setting.of("value", type, ""))).isEmpty();
  }

  private void check(Setting setting) {
    if (setting.required()) {
      require(setting);
    }
    if (get(setting).isEmpty()) {
      return;
    }
    switch (setting.type()) {
      case INTEGER -> integer(setting);
      case DECIMAL -> decimal(setting);
      case FLAG -> flag(setting);
      case TEXT, WORKSPACE -> {}
    }
  }

  private static StoreException unusable(Setting setting, String problem) {
    String where =
        setting.section().isEmpty()
            ? ""
            : " (or " + setting.option() + " in [" + setting.section() + "] of config.ini)";
    return new StoreException(
        StoreException.Kind.SETTINGS,
        setting.name() + where + " " + problem + ": " + setting.description());
  }
}
