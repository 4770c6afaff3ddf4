package io.github.lightragmigrate.interop;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonBinary;
import org.bson.BsonDocument;

/**
 * All collections of a database with options and indexes, and the documents with their BSON types.
 * That a document was written again unchanged only a real mongod could show, by its oplog.
 */
final class StructureOfMongo implements StructureView, AutoCloseable {

  private static final String COLLECTION = "structure_llm_response_cache";

  private final MongoTestServer server = MongoTestServer.shared();
  private final MongoClient client = MongoClients.create(server.uri());

  @Override
  public String store() {
    return "mongo";
  }

  @Override
  public Map<String, String> emptyPlace() {
    Map<String, String> place = new HashMap<>(server.settings(server.newDatabase()));
    place.put("WORKSPACE", "structure");
    return place;
  }

  @Override
  public Map<String, ?> container(Map<String, String> place) {
    Map<String, Object> container = new TreeMap<>();
    MongoDatabase database = database(place);
    for (BsonDocument collection : database.listCollections(BsonDocument.class)) {
      String name = collection.getString("name").getValue();
      collection.getDocument("info", new BsonDocument()).remove("uuid");
      List<BsonDocument> indexes =
          database.getCollection(name).listIndexes(BsonDocument.class).into(new ArrayList<>());
      indexes.forEach(index -> index.remove("ns"));
      collection.getDocument("idIndex", new BsonDocument()).remove("ns");
      container.put(name, List.of(collection, indexes));
    }
    return container;
  }

  @Override
  public Map<String, ?> records(Map<String, String> place) {
    Map<String, BsonDocument> records = new TreeMap<>();
    MongoCollection<BsonDocument> documents =
        database(place).getCollection(COLLECTION, BsonDocument.class);
    for (BsonDocument document : documents.find()) {
      records.put(document.getString("_id").getValue(), document);
    }
    return records;
  }

  @Override
  public Map<String, ?> versions(Map<String, String> place) {
    Map<String, Object> versions = new TreeMap<>();
    for (BsonDocument collection : database(place).listCollections(BsonDocument.class)) {
      versions.put(
          collection.getString("name").getValue(),
          collection
              .getDocument("info", new BsonDocument())
              .getBinary("uuid", new BsonBinary(new byte[0])));
    }
    return versions;
  }

  private MongoDatabase database(Map<String, String> place) {
    return client.getDatabase(place.get("MONGO_DATABASE"));
  }

  @Override
  public void close() {
    client.close();
  }
}
