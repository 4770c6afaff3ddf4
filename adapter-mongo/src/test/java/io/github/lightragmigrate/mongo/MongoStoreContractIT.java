package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.StoreContract;
import io.github.lightragmigrate.testservers.MongoTestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class MongoStoreContractIT extends StoreContract {

  private final TestPlace place = new TestPlace();

  @BeforeAll
  static void tellTheServer() {
    System.out.println("MongoDB of the contract's tests: " + MongoTestServer.shared().describe());
  }

  @AfterEach
  void drop() {
    place.close();
  }

  @Override
  protected StorageAdapter adapter() {
    return new MongoAdapter();
  }

  @Override
  protected Settings settings(String workspace) {
    return place.settings(workspace);
  }

  @Override
  protected boolean exists(Settings settings) {
    return place.hasCollection(ConnectionSettings.of(settings).collection());
  }
}
