package org.example.sqlite;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.Workspaces;
import java.nio.file.Path;
import java.util.List;

/** Caches in a SQLite file: one table, a row for each record. */
public final class SqliteAdapter implements StorageAdapter {

  private static final Setting PATH =
      Setting.text("SQLITE_PATH", "the database file; its directory must exist").asRequired();
  private static final Setting OWN_WORKSPACE =
      Setting.of("SQLITE_WORKSPACE", Setting.Type.WORKSPACE, "workspace in the database");

  @Override
  public String id() {
    return "sqlite";
  }

  @Override
  public String name() {
    return "SqliteKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return List.of(PATH, OWN_WORKSPACE, Setting.WORKSPACE);
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    String workspace = Workspaces.resolve(settings, OWN_WORKSPACE);
    Path path = Path.of(settings.require(PATH)).toAbsolutePath().normalize();
    return new SqliteStore(Database.open(path, access == Access.SOURCE), workspace);
  }
}
