package io.github.lightragmigrate.mongo;

import com.mongodb.client.model.Filters;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import io.github.lightragmigrate.testkit.StoreContract;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.util.Collection;
import java.util.List;
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

  @Override
  protected List<CacheRecord> unholdable() {
    return Unholdable.records();
  }

  @Override
  protected void remove(Settings settings, Collection<String> keys) {
    place
        .database()
        .getCollection(ConnectionSettings.of(settings).collection())
        .deleteMany(Filters.in("_id", keys));
  }
}
