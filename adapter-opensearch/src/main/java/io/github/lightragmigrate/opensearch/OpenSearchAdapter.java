package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.spi.Workspaces;
import java.util.List;

/**
 * LightRAG's {@code OpenSearchKVStorage}: one index for each workspace, one document for each
 * record. Works with OpenSearch 2.4 (the first with points in time) and later.
 */
public final class OpenSearchAdapter implements StorageAdapter {

  @Override
  public String id() {
    return "opensearch";
  }

  @Override
  public String name() {
    return "OpenSearchKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return OpenSearchSettings.ALL;
  }

  @Override
  public String countingLabel() {
    return "Scanning OpenSearch documents";
  }

  /** The next request is on its way while the server indexes one. */
  @Override
  public int writers() {
    return 2;
  }

  /** The retries of LightRAG's client, where they are set. */
  @Override
  public RetryPolicy retryPolicy(Settings settings) {
    return settings.isSet(OpenSearchSettings.MAX_RETRIES)
        ? RetryPolicy.DEFAULT
            .withAttempts(OpenSearchSettings.attempts(settings))
            .withBudget(OpenSearchSettings.NO_BUDGET)
        : RetryPolicy.DEFAULT;
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    String workspace = Workspaces.resolve(settings, OpenSearchSettings.OWN_WORKSPACE);
    OpenSearchSettings values = OpenSearchSettings.of(settings);
    Rest rest = Rest.connect(values);
    try {
      CacheIndex index = new CacheIndex(rest, workspace);
      index.open(access, values);
      return new OpenSearchStore(rest, index, access);
    } catch (RuntimeException e) {
      rest.close();
      throw e;
    }
  }
}
