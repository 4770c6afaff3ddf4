package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.Workspaces;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store in the heap, for tests of the engine and as the smallest example of an adapter. */
public final class InMemoryAdapter implements StorageAdapter {

  private final Map<String, NavigableMap<String, CacheRecord>> workspaces =
      new ConcurrentHashMap<>();

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public String name() {
    return "InMemoryKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return List.of(Setting.WORKSPACE);
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    String workspace = Workspaces.validate(settings.text(Setting.WORKSPACE));
    if (access == Access.TARGET) {
      workspaces.computeIfAbsent(workspace, name -> new ConcurrentSkipListMap<>());
    }
    return new InMemoryStore(
        workspace,
        () -> List.copyOf(workspaces.keySet()),
        workspaces.getOrDefault(workspace, new ConcurrentSkipListMap<>()),
        access);
  }

  boolean exists(String workspace) {
    return workspaces.containsKey(workspace);
  }

  void remove(String workspace, Collection<String> keys) {
    workspaces.getOrDefault(workspace, new ConcurrentSkipListMap<>()).keySet().removeAll(keys);
  }
}
