package io.github.lightragmigrate.report;

/**
 * Source or target of a migration.
 *
 * @param storage {@code RedisKVStorage}
 * @param workspace empty for none
 * @param location where it is, without credentials
 */
public record Side(String storage, String workspace, String location) {

  /** Whether the store was opened; else workspace and location are empty. */
  public boolean isKnown() {
    return !location.isEmpty();
  }

  /** Whether both name one place, whatever the workspaces are called that lead there. */
  public boolean samePlaceAs(Side other) {
    return storage.equals(other.storage) && location.equals(other.location);
  }
}
