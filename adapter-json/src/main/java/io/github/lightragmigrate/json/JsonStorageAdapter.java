package io.github.lightragmigrate.json;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.Workspaces;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** LightRAG's JsonKVStorage: {@code WORKING_DIR[/workspace]/kv_store_llm_response_cache.json}. */
public final class JsonStorageAdapter implements StorageAdapter {

  static final Setting WORKING_DIR =
      Setting.text("WORKING_DIR", "directory in which LightRAG keeps its files")
          .withDefault("./rag_storage");

  static final Setting PORT =
      Setting.text("PORT", "port of LightRAG's server, which must not run during a migration")
          .withDefault(String.valueOf(HealthCheck.DEFAULT_PORT));

  @Override
  public String id() {
    return "json";
  }

  @Override
  public String name() {
    return "JsonKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return List.of(WORKING_DIR, Setting.WORKSPACE, PORT);
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    String workspace = Workspaces.validate(settings.text(Setting.WORKSPACE));
    WorkingDir directory = workingDir(settings, workspace);
    CacheFile file = CacheFile.in(directory.of(workspace));
    file.checkReadable();
    JsonReader reader = new JsonReader(file);
    return new JsonStore(
        file,
        directory,
        workspace,
        HealthCheck.port(settings.text(PORT)),
        reader,
        access == Access.TARGET ? new JsonWriter(file, reader) : null);
  }

  private static WorkingDir workingDir(Settings settings, String workspace) {
    String workingDir = settings.text(WORKING_DIR);
    if (workingDir.isBlank()) {
      throw new StoreException(
          Kind.SETTINGS,
          "WORKING_DIR is empty: name the directory in which LightRAG keeps its files");
    }
    try {
      WorkingDir directory = new WorkingDir(Path.of(workingDir));
      directory.of(workspace);
      return directory;
    } catch (InvalidPathException e) {
      throw new StoreException(
          Kind.SETTINGS, "WORKING_DIR and workspace give no path: " + e.getReason(), e);
    }
  }
}
