package io.github.lightragmigrate.cli.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one side of a migration finds its settings. The first that has the setting wins, even with
 * an empty value:
 *
 * <ol>
 *   <li>an override from the command line;
 *   <li>{@code SOURCE_X} (or {@code TARGET_X}) in the environment;
 *   <li>the same in the {@code .env} file;
 *   <li>the same, then {@code X}, in the side's own env file;
 *   <li>{@code X} in the environment;
 *   <li>{@code X} in the {@code .env} file;
 *   <li>the option of {@code config.ini}.
 * </ol>
 *
 * <p>Immutable and thread-safe. Defaults are the caller's.
 */
public final class SettingsSources {
  /** The side of the migration; its name is the prefix of its own variables. */
  public enum Side {
    SOURCE,
    TARGET
  }

  /** The kind of place in which a setting was found. */
  public enum Layer {
    COMMAND_LINE,
    ENVIRONMENT,
    ENV_FILE,
    CONFIG_INI
  }

  /**
   * A setting that was found.
   *
   * @param origin for people, such as {@code environment}, {@code .env} or {@code TARGET_REDIS_URI
   *     in environment}
   * @param forSide it was set for this side of the migration by name, or in the side's own file
   */
  public record Setting(String value, String origin, Layer layer, boolean forSide) {
    /** Leaves the value out: it may be a secret. */
    @Override
    public String toString() {
      return "Setting[from " + origin + "]";
    }
  }

  private final Side side;
  private final Map<String, Setting> overrides;
  private final Map<String, String> environment;
  private final EnvFile envFile;
  private final @Nullable EnvFile sideEnvFile;
  private final ConfigIni configIni;

  /**
   * @param environment the process's environment
   * @param sideEnvFile the file that was named for this side alone, if any
   */
  public SettingsSources(
      Side side,
      Map<String, String> environment,
      EnvFile envFile,
      @Nullable EnvFile sideEnvFile,
      ConfigIni configIni) {
    this(side, Map.of(), Map.copyOf(environment), envFile, sideEnvFile, configIni);
  }

  private SettingsSources(
      Side side,
      Map<String, Setting> overrides,
      Map<String, String> environment,
      EnvFile envFile,
      @Nullable EnvFile sideEnvFile,
      ConfigIni configIni) {
    this.side = side;
    this.overrides = overrides;
    this.environment = environment;
    this.envFile = envFile;
    this.sideEnvFile = sideEnvFile;
    this.configIni = configIni;
  }

  /**
   * These sources with a value from the command line above them all.
   *
   * @param name the variable that it stands for, such as {@code REDIS_WORKSPACE}
   * @param option where the value comes from, such as {@code --target-workspace}
   */
  public SettingsSources withOverride(String name, String value, String option) {
    Map<String, Setting> more = new HashMap<>(overrides);
    more.put(name, new Setting(value, option, Layer.COMMAND_LINE, true));
    return new SettingsSources(
        side, Map.copyOf(more), environment, envFile, sideEnvFile, configIni);
  }

  /** A setting that {@code config.ini} cannot hold. */
  public Optional<Setting> lookup(String name) {
    String sideName = side + "_" + name;
    return Optional.ofNullable(overrides.get(name))
        .or(() -> inEnvironment(sideName, sideName + " in environment", true))
        .or(() -> inFile(envFile, sideName, sideName + " in " + envFile.name(), true))
        .or(() -> inSideFile(name, sideName))
        .or(() -> inEnvironment(name, "environment", false))
        .or(() -> inFile(envFile, name, envFile.name(), false));
  }

  /**
   * A setting by its variable, else by its place in {@code config.ini}.
   *
   * @param section such as {@code redis}
   * @param option such as {@code uri}
   * @throws SettingsFileException when the option of {@code config.ini} is needed and cannot be
   *     interpolated
   */
  public Optional<Setting> lookup(String name, String section, String option) {
    return lookup(name)
        .or(
            () ->
                configIni
                    .get(section, option)
                    .map(value -> new Setting(value, configIni.name(), Layer.CONFIG_INI, false)));
  }

  private Optional<Setting> inSideFile(String name, String sideName) {
    if (sideEnvFile == null) {
      return Optional.empty();
    }
    EnvFile file = sideEnvFile;
    return inFile(file, sideName, sideName + " in " + file.name(), true)
        .or(() -> inFile(file, name, file.name(), true));
  }

  private Optional<Setting> inEnvironment(String name, String origin, boolean forSide) {
    return Optional.ofNullable(environment.get(name))
        .map(value -> new Setting(value, origin, Layer.ENVIRONMENT, forSide));
  }

  private static Optional<Setting> inFile(
      EnvFile file, String name, String origin, boolean forSide) {
    return file.get(name).map(value -> new Setting(value, origin, Layer.ENV_FILE, forSide));
  }
}
