package io.github.lightragmigrate.interop;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An environment and two settings files, and what becomes of them. Unless a case says otherwise, a
 * store's settings are the same to LightRAG and to us.
 */
final class SettingsCase {

  /** What becomes of one store's settings. */
  enum Fate {
    /** Both take them, for the same. */
    SAME,
    /** LightRAG fails, and so do we. */
    REFUSED,
    /** LightRAG takes them, we refuse. */
    REFUSED_BY_US,
    /** LightRAG fails, we do not. */
    REFUSED_BY_LIGHTRAG,
    /** Both take them, and not for the same. */
    DIFFERENT
  }

  /**
   * @param said a part of our message, where we refuse
   * @param why for readers, where the two differ
   */
  record Expected(Fate fate, String said, String why) {}

  /** A value that a case is about. */
  record Given(String store, String setting, String value) {}

  private final String name;
  private final Map<String, String> environment = new HashMap<>();
  private Optional<byte[]> envFile = Optional.empty();
  private Optional<byte[]> configIni = Optional.empty();
  private final Map<String, Expected> fates = new HashMap<>();
  private final List<Given> given = new ArrayList<>();
  private List<String> stores = Places.STORES;
  private boolean connecting;
  private Optional<String> serverWorkspace = Optional.empty();

  private SettingsCase(String name) {
    this.name = name;
  }

  /** With a password of PostgreSQL, without which LightRAG does not start. */
  static SettingsCase of(String name) {
    return new SettingsCase(name).environment("POSTGRES_PASSWORD", "secret");
  }

  static SettingsCase withoutPassword(String name) {
    return new SettingsCase(name);
  }

  /** PostgreSQL's storage is initialized, as long as that takes. */
  SettingsCase connecting() {
    connecting = true;
    return this;
  }

  /** The others are not asked, for the sake of time. */
  SettingsCase only(String... of) {
    stores = List.of(of);
    return this;
  }

  SettingsCase environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  SettingsCase envFile(String text) {
    return envFile(text, StandardCharsets.UTF_8);
  }

  SettingsCase envFile(String text, Charset charset) {
    envFile = Optional.of(text.getBytes(charset));
    return this;
  }

  SettingsCase configIni(String text) {
    return configIni(text, StandardCharsets.UTF_8);
  }

  SettingsCase configIni(String text, Charset charset) {
    configIni = Optional.of(text.getBytes(charset));
    return this;
  }

  /** Both have this value. */
  SettingsCase gives(String store, String setting, String value) {
    given.add(new Given(store, setting, value));
    return this;
  }

  /** LightRAG's API server makes this of the workspace. */
  SettingsCase server(String workspace) {
    serverWorkspace = Optional.of(workspace);
    return this;
  }

  SettingsCase refused(String store, String said) {
    return fate(store, Fate.REFUSED, said, "");
  }

  SettingsCase weRefuse(String store, String said, String why) {
    return fate(store, Fate.REFUSED_BY_US, said, why);
  }

  SettingsCase lightRagRefuses(String store, String why) {
    return fate(store, Fate.REFUSED_BY_LIGHTRAG, "", why);
  }

  SettingsCase differs(String store, String why) {
    return fate(store, Fate.DIFFERENT, "", why);
  }

  private SettingsCase fate(String store, Fate fate, String said, String why) {
    fates.put(store, new Expected(fate, said, why));
    return this;
  }

  Map<String, String> environment() {
    return environment;
  }

  Optional<byte[]> envFile() {
    return envFile;
  }

  Optional<byte[]> configIni() {
    return configIni;
  }

  Expected expected(String store) {
    return fates.getOrDefault(store, new Expected(Fate.SAME, "", ""));
  }

  boolean isConnecting() {
    return connecting;
  }

  List<String> stores() {
    return stores;
  }

  List<Given> given() {
    return given;
  }

  Optional<String> serverWorkspace() {
    return serverWorkspace;
  }

  @Override
  public String toString() {
    return name;
  }
}
