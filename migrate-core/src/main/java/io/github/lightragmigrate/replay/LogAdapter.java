package io.github.lightragmigrate.replay;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.util.List;

/**
 * Lets the engine read a failure log as it reads a store. Not among the adapters that are found.
 *
 * @param log what the log holds
 */
public record LogAdapter(LogIndex log) implements StorageAdapter {

  @Override
  public String id() {
    return "failure-log";
  }

  @Override
  public String name() {
    return "FailureLog";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    try {
      return new LogStore(log);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAULT, "cannot read the failure log " + log.file() + ": " + e, e);
    }
  }
}
