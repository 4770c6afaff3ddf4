package io.github.lightragmigrate.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;

/**
 * LightRAG's {@code MongoKVStorage}: one document a record, in the collection {@code
 * [<workspace>_]llm_response_cache}.
 *
 * <p>Read back as it was written, but for fields named {@code namespace}, {@code workspace} and
 * {@code content}, which are taken for leftovers of old releases, and times that are null.
 *
 * <p>Rejected, one record at a time: documents over 16,777,216 bytes of BSON; field names that
 * start with {@code $}, or hold a dot or NUL, at any depth; over 100 levels of nesting; lone
 * surrogates in any text; numbers that no kind of BSON's holds exactly.
 */
public final class MongoAdapter implements StorageAdapter {

  @Override
  public String id() {
    return "mongo";
  }

  @Override
  public String name() {
    return "MongoKVStorage";
  }

  @Override
  public List<Setting> settings() {
    return ConnectionSettings.ALL;
  }

  @Override
  public String countingLabel() {
    return "Counting MongoDB documents";
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    ConnectionSettings connection = ConnectionSettings.of(settings);
    MongoClient client = MongoClients.create(connection.client(access));
    Faults faults = new Faults(connection, client::getClusterDescription);
    try {
      return faults.guard(() -> MongoStore.open(client, connection, faults, access));
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }
}
