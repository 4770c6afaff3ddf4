package io.github.lightragmigrate.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Counts;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;

final class MongoStore implements CacheStore {

  private final MongoClient client;
  private final ConnectionSettings connection;
  private final Faults faults;
  private final Access access;
  private final boolean collated;
  private final boolean view;
  private final DocumentReader reader;
  private final DocumentWriter writer;

  /**
   * @param info what the server tells of the collection; nothing of one that is new
   */
  private MongoStore(
      MongoClient client,
      ConnectionSettings connection,
      Faults faults,
      Access access,
      BsonDocument info) {
    this.client = client;
    this.connection = connection;
    this.faults = faults;
    this.access = access;
    this.collated = info.getDocument("options", new BsonDocument()).containsKey("collation");
    this.view = info.getString("type", new BsonString("collection")).getValue().equals("view");
    MongoCollection<RawBsonDocument> documents =
        client
            .getDatabase(connection.database())
            .getCollection(connection.collection(), RawBsonDocument.class);
    this.reader = new DocumentReader(documents, collated);
    this.writer = new DocumentWriter(documents, faults);
  }

  /** Creates the collection of a target, as LightRAG does at its start. */
  static MongoStore open(
      MongoClient client, ConnectionSettings connection, Faults faults, Access access) {
    MongoDatabase database = client.getDatabase(connection.database());
    Optional<BsonDocument> found = collection(database, connection.collection());
    if (found.isEmpty() && access == Access.TARGET) {
      create(database, connection.collection());
    }
    return new MongoStore(client, connection, faults, access, found.orElseGet(BsonDocument::new));
  }

  private static Optional<BsonDocument> collection(MongoDatabase database, String name) {
    return Optional.ofNullable(
        database
            .listCollections(BsonDocument.class)
            .filter(new BsonDocument("name", new BsonString(name)))
            .first());
  }

  private static void create(MongoDatabase database, String name) {
    try {
      database.createCollection(name);
    } catch (MongoCommandException e) {
      if (e.getErrorCode() != ErrorCodes.NAMESPACE_EXISTS) {
        throw e;
      }
    }
  }

  @Override
  public String location() {
    return "mongo "
        + connection.hosts()
        + "/"
        + connection.database()
        + " "
        + connection.collection();
  }

  @Override
  public String workspace() {
    return connection.workspace();
  }

  @Override
  public List<String> notices() {
    return notices(access);
  }

  @Override
  public List<String> noticesAsTarget() {
    return notices(Access.TARGET);
  }

  private List<String> notices(Access purpose) {
    List<String> notices = new ArrayList<>();
    if (purpose == Access.TARGET) {
      notices.add(
          "Fields named namespace, workspace or content, leftovers of old releases, are written to"
              + " MongoDB but not read from it; times that are null are left out.");
    }
    if (purpose == Access.TARGET) {
      primaryIsElsewhere().ifPresent(notices::add);
    } else {
      long stranded = faults.guard(reader::countStranded);
      if (stranded > 0) {
        notices.add(
            stranded
                + " documents of the MongoDB collection "
                + connection.collection()
                + " are not migrated: an older LightRAG wrote them under ids of the form"
                + " default_<hash>, which newer ones neither find nor convert.");
      }
    }
    if (view && purpose == Access.TARGET) {
      notices.add(
          connection.collection()
              + " is a view, which MongoDB does not write to: drop it or choose another workspace.");
    }
    if (collated) {
      notices.add(
          "The collection "
              + connection.collection()
              + " has a collation of its own, so that reading it in order is slow.");
    }
    return notices;
  }

  /**
   * From the driver's own hello. It looks for the primary itself unless told to go one way only.
   */
  private Optional<String> primaryIsElsewhere() {
    ClusterDescription cluster = client.getClusterDescription();
    return cluster.getServerDescriptions().stream()
        .filter(ServerDescription::isOk)
        .filter(server -> cluster.getConnectionMode() == ClusterConnectionMode.SINGLE)
        .filter(server -> !server.isPrimary())
        .map(
            server ->
                server.getAddress()
                    + " is not the primary of its MongoDB replica set '"
                    + server.getSetName()
                    + "' and takes no writes: name the primary ("
                    + Objects.requireNonNullElse(server.getPrimary(), "it knows of none")
                    + ") in MONGO_URI, or the set, with replicaSet and without directConnection.")
        .findFirst();
  }

  /** Also of views, which LightRAG reads as it reads collections. */
  @Override
  public List<String> workspaces() {
    return faults.guard(
        () ->
            client
                .getDatabase(connection.database())
                .listCollectionNames()
                .authorizedCollections(true)
                .map(ConnectionSettings::workspaceOf)
                .into(new ArrayList<>())
                .stream()
                .flatMap(Optional::stream)
                .sorted()
                .toList());
  }

  @Override
  public Counts count(Selection selection, LongConsumer progress) {
    return faults.guard(() -> reader.count(selection, progress));
  }

  @Override
  public Page scan(Selection selection, Cursor cursor, PageLimit limit) {
    return faults.guard(() -> reader.scan(selection, cursor, limit));
  }

  /** Not where the index of {@code _id} is of no use: finding the ends would read everything. */
  @Override
  public List<Cursor> split(Selection selection, int parts) {
    return parts == 1 || collated || view
        ? List.of(Cursor.START)
        : faults.guard(() -> reader.split(selection, parts));
  }

  @Override
  public Page find(Collection<String> keys) {
    return faults.guard(() -> reader.find(keys));
  }

  @Override
  public List<WriteFailure> rejected(List<CacheRecord> batch) {
    return DocumentWriter.rejected(batch);
  }

  @Override
  public CacheRecord asStored(CacheRecord record) {
    return StoredForm.of(record);
  }

  @Override
  public WriteResult upsert(List<CacheRecord> batch) {
    requireTarget();
    return faults.guard(() -> writer.upsert(batch));
  }

  /** Nothing is left to do: a write is acknowledged when it is durable, by a majority. */
  @Override
  public void flush() {
    requireTarget();
  }

  private void requireTarget() {
    if (access == Access.SOURCE) {
      throw new IllegalStateException(location() + " is opened as a source, read only");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
