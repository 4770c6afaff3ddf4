package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.StoreContract;
import org.junit.jupiter.api.BeforeEach;

abstract class OpenSearchContract extends StoreContract {

  abstract Server server();

  @BeforeEach
  void deleteIndices() {
    server().deleteIndex(CacheIndex.nameOf("llm_response_cache"));
    server().deleteIndex(CacheIndex.nameOf("other_llm_response_cache"));
  }

  @Override
  protected StorageAdapter adapter() {
    return new OpenSearchAdapter();
  }

  @Override
  protected Settings settings(String workspace) {
    return server().settings(workspace);
  }

  @Override
  protected boolean exists(Settings settings) {
    String workspace = settings.text(Setting.WORKSPACE);
    String namespace = workspace.isEmpty() ? "" : workspace + "_";
    return server().status("HEAD", "/" + namespace + "llm_response_cache") == 200;
  }

  /** The index has a type for each field, from the first record that had it. */
  @Override
  protected boolean serverMayRefuseMore() {
    return true;
  }
}
