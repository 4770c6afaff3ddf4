package io.github.lightragmigrate.cli.config;

import io.github.lightragmigrate.cli.config.EnvFile.Expansion;
import io.github.lightragmigrate.cli.config.SettingsSources.Side;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Workspaces;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings files of one call, read once, and what the command line says for a side. */
public final class SettingsLayers {

  /**
   * What the command line says for one side.
   *
   * @param envFile the side's own env file
   * @param workspace may be empty text, which is a value
   * @param workspaceOption the option that gave it: {@code --target-workspace}
   */
  public record SideOptions(
      Optional<Path> envFile, Optional<String> workspace, String workspaceOption) {

    public static final SideOptions NONE =
        new SideOptions(Optional.empty(), Optional.empty(), "--workspace");
  }

  private final Map<String, String> environment;
  private final EnvFile envFile;
  private final ConfigIni configIni;
  private final Map<Side, SideOptions> options = new EnumMap<>(Side.class);
  private final Map<Side, EnvFile> sideFiles = new EnumMap<>(Side.class);

  private SettingsLayers(
      Map<String, String> environment,
      EnvFile envFile,
      ConfigIni configIni,
      Map<Side, SideOptions> options) {
    this.environment = environment;
    this.envFile = envFile;
    this.configIni = configIni;
    options.forEach(
        (side, said) -> {
          this.options.put(side, said);
          said.envFile()
              .ifPresent(
                  file ->
                      sideFiles.put(
                          side,
                          EnvFile.read(
                              file, envFile.loadedInto(environment), Expansion.FILE_FIRST)));
        });
  }

  /**
   * Reads the files.
   *
   * @param directory where {@code .env} and {@code config.ini} are looked for
   * @param envFile to be read instead of {@code .env}
   * @param configFile to be read instead of {@code config.ini}
   * @throws SettingsFileException when a file that was named is missing, or any cannot be read
   */
  public static SettingsLayers load(
      Path directory,
      Map<String, String> environment,
      Optional<Path> envFile,
      Optional<Path> configFile,
      Map<Side, SideOptions> options) {
    return new SettingsLayers(
        environment,
        envFile
            .map(file -> EnvFile.read(file, environment, Expansion.ENVIRONMENT_FIRST))
            .orElseGet(() -> EnvFile.readIfPresent(directory.resolve(".env"), environment)),
        configFile
            .map(ConfigIni::read)
            .orElseGet(() -> ConfigIni.readIfPresent(directory.resolve("config.ini"))),
        options);
  }

  /** Lines of env files that were skipped. */
  public List<String> warnings() {
    return Stream.concat(Stream.of(envFile), sideFiles.values().stream())
        .flatMap(file -> file.warnings().stream())
        .toList();
  }

  /**
   * Variables that are no setting, but look like one with a slip in its name; a line for each that
   * tells of both.
   *
   * @param names of all settings
   */
  public List<String> misspelled(Collection<String> names) {
    Map<String, String> places = new HashMap<>();
    Stream.concat(Stream.of(envFile), sideFiles.values().stream())
        .forEach(file -> file.values().keySet().forEach(name -> places.put(name, file.name())));
    environment.keySet().forEach(name -> places.put(name, "environment"));
    return new Misspelled(names).among(places);
  }

  /**
   * The settings of one side.
   *
   * @throws SettingsFileException when an option of config.ini is needed and cannot be interpolated
   */
  public AdapterSettings resolve(Side side, List<Setting> declared) {
    SideOptions said = options.getOrDefault(side, SideOptions.NONE);
    return said.workspace()
        .map(workspace -> resolve(side, declared, workspace, said.workspaceOption()))
        .orElseGet(() -> AdapterSettings.resolve(declared, sources(side)));
  }

  /** The same with another workspace. */
  public AdapterSettings resolve(
      Side side, List<Setting> declared, String workspace, String origin) {
    SettingsSources sources = sources(side);
    for (Setting setting : declared) {
      if (setting.type() == Setting.Type.WORKSPACE) {
        // a store's own variable is stripped: a padded name comes through the general one alone
        boolean fits = setting.equals(Setting.WORKSPACE) || Workspaces.fitsOwnVariable(workspace);
        sources = sources.withOverride(setting.name(), fits ? workspace : "", origin);
      }
    }
    return AdapterSettings.resolve(declared, sources);
  }

  private SettingsSources sources(Side side) {
    @Nullable EnvFile own = sideFiles.get(side);
    return new SettingsSources(side, environment, envFile, own, configIni);
  }
}
