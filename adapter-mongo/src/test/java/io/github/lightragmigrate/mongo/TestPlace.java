package io.github.lightragmigrate.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.RawBsonDocument;

/** A database of its own on the shared server, and the plain driver to look at it. */
final class TestPlace implements AutoCloseable {

  private final String database = MongoTestServer.shared().newDatabase();
  private final MongoClient client = MongoClients.create(MongoTestServer.shared().uri());

  String name() {
    return database;
  }

  Settings settings(String workspace) {
    Map<String, String> values = new HashMap<>(MongoTestServer.shared().settings(database));
    values.put("MONGODB_WORKSPACE", workspace);
    return Settings.of(values);
  }

  CacheStore open(Access access) {
    return new MongoAdapter().open(settings(""), access);
  }

  void write(List<CacheRecord> records) {
    try (CacheStore store = open(Access.TARGET)) {
      store.upsert(records);
    }
  }

  MongoDatabase database() {
    return client.getDatabase(database);
  }

  MongoCollection<RawBsonDocument> documents() {
    return database().getCollection("llm_response_cache", RawBsonDocument.class);
  }

  boolean hasCollection(String name) {
    return database().listCollectionNames().into(new ArrayList<>()).contains(name);
  }

  @Override
  public void close() {
    database().drop();
    client.close();
  }
}
