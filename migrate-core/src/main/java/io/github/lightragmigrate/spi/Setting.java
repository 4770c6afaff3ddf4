package io.github.lightragmigrate.spi;

import java.util.Optional;

/**
 * A setting that an adapter reads, under LightRAG's names.
 *
 * @param name environment variable: {@code REDIS_URI}
 * @param section section of config.ini, empty when it cannot be set there
 * @param option option in that section
 * @param description one line, for people
 * @param defaultValue used when it is set nowhere
 * @param example value to show a person who has to write config.ini; empty: do not show it
 * @param type how the value is read
 * @param required LightRAG lists it as needed: without a value and a default, opening fails
 * @param secret never shown
 */
public record Setting(
    String name,
    String section,
    String option,
    String description,
    Optional<String> defaultValue,
    String example,
    Type type,
    boolean required,
    boolean secret) {

  /**
   * Refuses a default that is none.
   *
   * @throws IllegalArgumentException when the default cannot be read as the type says
   */
  public Setting {
    if (defaultValue.isPresent() && !Settings.fits(type, defaultValue.get())) {
      throw new IllegalArgumentException(
          "the default of " + name + " does not fit its type, " + type + ": " + defaultValue.get());
    }
  }

  /** How a value is read. */
  public enum Type {
    /** As it is. */
    TEXT,
    /** Decimal integer, no sign needed. */
    INTEGER,
    /** Decimal number. */
    DECIMAL,
    /** {@code true 1 yes on} or {@code false 0 no off}, in any case; empty is false. */
    FLAG,
    /** The store's own workspace variable: set for one side by {@code --source-workspace}. */
    WORKSPACE
  }

  /** The workspace of every store that has none of its own. */
  public static final Setting WORKSPACE =
      of("WORKSPACE", Type.WORKSPACE, "workspace, unless the store's own variable is set");

  /** Read from the environment only, with no default. */
  public static Setting of(String name, Type type, String description) {
    return new Setting(name, "", "", description, Optional.empty(), "", type, false, false);
  }

  /** Text, from the environment only, with no default. */
  public static Setting text(String name, String description) {
    return of(name, Type.TEXT, description);
  }

  /** Also read from config.ini. */
  public Setting ini(String iniSection, String iniOption) {
    return new Setting(
        name, iniSection, iniOption, description, defaultValue, example, type, required, secret);
  }

  /** The same with a default, which must fit the type. */
  public Setting withDefault(String value) {
    return new Setting(
        name, section, option, description, Optional.of(value), example, type, required, secret);
  }

  /** The same with a value to show. */
  public Setting withExample(String value) {
    return new Setting(
        name, section, option, description, defaultValue, value, type, required, secret);
  }

  /** The same, needed. */
  public Setting asRequired() {
    return new Setting(
        name, section, option, description, defaultValue, example, type, true, secret);
  }

  /** The same, never shown. */
  public Setting asSecret() {
    return new Setting(
        name, section, option, description, defaultValue, example, type, required, true);
  }
}
