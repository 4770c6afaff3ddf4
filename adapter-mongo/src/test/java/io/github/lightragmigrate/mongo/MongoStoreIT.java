package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.Page;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.MongoTestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MongoStoreIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);
  private static final PageLimit LARGE = new PageLimit(1000, 64L << 20);

  private final TestPlace place = new TestPlace();

  @AfterEach
  void drop() {
    place.close();
  }

  @Test
  void aTargetIsCreatedWithTheIndexOfIdAlone() {
    place.open(Access.TARGET).close();
    assertThat(place.hasCollection("llm_response_cache")).isTrue();
    assertThat(place.documents().listIndexes().into(new ArrayList<>())).hasSize(1);
    place.open(Access.TARGET).close();
  }

  @Test
  void aSourceRefusesToFlush() {
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThatThrownBy(store::flush).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whatMongoCannotHoldIsRefusedAndItsNeighboursAreWritten() {
    List<CacheRecord> good = SampleRecords.usual(6);
    List<CacheRecord> poison =
        List.of(
            odd("surrogate", "{\"return\": \"\\ud800\"}"),
            odd("dollar", "{\"queryparam\": {\"$set\": 1}}"),
            odd("dot", "{\"queryparam\": {\"a.b\": 1}}"),
            odd("nul", "{\"a\\u0000b\": 1}"),
            odd("number", "{\"n\": 1e99999}"),
            odd("deep", "{\"deep\": " + "[".repeat(100) + "]".repeat(100) + "}"),
            SampleRecords.with(
                SampleRecords.usual("extract", "large"),
                "return",
                JsonValue.of("ä".repeat(DocumentEncoder.MAX_BYTES / 2))));
    List<CacheRecord> batch = new ArrayList<>();
    for (int i = 0; i < poison.size(); i++) {
      batch.add(poison.get(i));
      if (i < good.size()) {
        batch.add(good.get(i));
      }
    }
    List<String> poisonKeys = poison.stream().map(CacheRecord::key).toList();
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.rejected(batch)).extracting(WriteFailure::key).isEqualTo(poisonKeys);
      WriteResult result = store.upsert(batch);
      assertThat(result.written()).isEqualTo(good.size());
      assertThat(result.failures()).isEqualTo(store.rejected(batch));
      assertThat(result.failures()).noneMatch(WriteFailure::retryable);
      assertThat(scan(store).records()).containsExactlyInAnyOrderElementsOf(good);
    }
  }

  @Test
  void theServerTakesWhatTheEncoderLetsThrough() {
    List<CacheRecord> records =
        List.of(
            odd("deep", "{\"deep\": " + "[".repeat(99) + "]".repeat(99) + "}"),
            odd("names", "{\"\": 1, \"a$\": 2, \" \": {\"\": [3]}, \"ä\": 4}"),
            odd("nul", "{\"return\": \"a\\u0000b\"}"),
            odd(
                "numbers",
                "{\"n\": [1e400, 1"
                    + "0".repeat(400)
                    + ", 12345678901234567890, 0.1, 1.0, -0.0, 2147483648]}"));
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.upsert(records)).isEqualTo(new WriteResult(4, List.of()));
      // again: a replacement is another command for the server
      assertThat(store.upsert(records)).isEqualTo(new WriteResult(4, List.of()));
      assertThat(store.find(records.stream().map(CacheRecord::key).toList()).records())
          .containsExactlyInAnyOrderElementsOf(records);
    }
  }

  @Test
  void theLargestDocumentIsTaken() throws UnholdableException {
    assumeTrue(!MongoTestServer.shared().isFake(), "mongo-java-server drops the connection");
    int empty = DocumentEncoder.encode(returning(0)).getByteLength();
    List<CacheRecord> largest = List.of(returning(DocumentEncoder.MAX_BYTES - empty));
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.upsert(largest)).isEqualTo(new WriteResult(1, List.of()));
      assertThat(store.upsert(largest)).isEqualTo(new WriteResult(1, List.of()));
      assertThat(scan(store).records()).isEqualTo(largest);
    }
  }

  @Test
  void manyLargeRecordsInOneBatchAreWritten() {
    List<CacheRecord> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      records.add(
          SampleRecords.with(
              SampleRecords.usual("extract", "large " + i),
              "return",
              JsonValue.of("x".repeat(3_000_000))));
    }
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.upsert(records).written()).isEqualTo(25);
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(25);
      int pages = 0;
      Cursor cursor = Cursor.START;
      List<CacheRecord> read = new ArrayList<>();
      while (true) {
        Page page = store.scan(DEFAULT, cursor, new PageLimit(1000, 8L << 20));
        read.addAll(page.records());
        pages++;
        if (page.next().isEmpty()) {
          break;
        }
        cursor = page.next().get();
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(records);
      assertThat(pages).isEqualTo(9);
    }
  }

  @Test
  void whatTheServerRefusesIsReportedByItsKey() {
    List<CacheRecord> records = SampleRecords.usual(5);
    try (CacheStore store = place.open(Access.TARGET)) {
      place.documents().createIndex(Indexes.ascending("return"), new IndexOptions().unique(true));
      CacheRecord taken =
          SampleRecords.with(
              SampleRecords.usual("extract", "second"),
              "return",
              records.get(0).field("return").orElseThrow());
      List<CacheRecord> batch = new ArrayList<>(records);
      batch.add(2, taken);
      store.upsert(records.subList(0, 1));
      WriteResult result = store.upsert(batch);
      assertThat(result.written()).isEqualTo(5);
      assertThat(result.failures()).hasSize(1);
      assertThat(result.failures().get(0).key()).isEqualTo(taken.key());
      assertThat(result.failures().get(0).reason()).contains("11000");
      assertThat(scan(store).records()).containsExactlyInAnyOrderElementsOf(records);
    }
  }

  @Test
  void aDocumentThatMakesNoSenseIsReportedWithItsText() {
    BsonDocument odd =
        new BsonDocument("_id", new BsonString("default:extract:odd"))
            .append("return", new BsonString("answer"))
            .append("blob", new BsonBinary(new byte[] {1, 2, 3}));
    insert(odd);
    try (CacheStore store = place.open(Access.SOURCE)) {
      for (Page page : List.of(scan(store), store.find(List.of("default:extract:odd")))) {
        assertThat(page.records()).isEmpty();
        assertThat(page.unreadable()).hasSize(1);
        assertThat(page.unreadable().get(0).key()).isEqualTo("default:extract:odd");
        assertThat(page.unreadable().get(0).reason()).contains("'blob'", "BINARY");
        assertThat(page.unreadable().get(0).text()).contains("answer", "AQID");
      }
      assertThat(store.scan(DEFAULT, Cursor.START, new PageLimit(1, 1)).next())
          .as("an unreadable record fills a page too")
          .contains(new Cursor("{\"after\": \"default:extract:odd\"}"));
    }
  }

  @Test
  void leftoversOfOldReleasesAreDropped() {
    CacheRecord record = SampleRecords.usual("extract", "old");
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    insert(
        BsonDocument.parse(new String(record.toJsonWithId(), StandardCharsets.UTF_8))
            .append("namespace", new BsonString("llm_response_cache"))
            .append("workspace", new BsonString(""))
            .append("content", new BsonString("c")));
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThat(scan(store).records()).containsExactly(CacheRecord.of(record.key(), fields));
    }
  }

  @Test
  void documentsUnderIdsThatNothingFindsAreTold() {
    String hash = "0123456789abcdef0123456789abcdef";
    for (String id : List.of("default_" + hash, "local_" + hash, "default_" + hash + "0")) {
      insert(
          new BsonDocument("_id", new BsonString(id)).append("return", new BsonString("answer")));
    }
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThat(store.count(DEFAULT, n -> {}).total()).isZero();
      assertThat(store.notices()).singleElement().asString().startsWith("1 documents ");
    }
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.notices()).noneMatch(notice -> notice.contains("not migrated"));
    }
  }

  @Test
  void fieldsThatAreTakenForLeftoversAreWrittenAndThatTheyAreNotReadIsTold() {
    CacheRecord record =
        odd("leftovers", "{\"return\": \"r\", \"content\": \"c\", \"workspace\": 1}");
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.upsert(List.of(record))).isEqualTo(new WriteResult(1, List.of()));
      assertThat(scan(store).records())
          .containsExactly(odd("leftovers", "{\"return\": \"r\"}"))
          .containsExactly(store.asStored(record));
      assertThat(place.documents().find().first()).containsKeys("content", "workspace");
      assertThat(store.notices()).singleElement().asString().contains("not read from it");
    }
    try (CacheStore source = place.open(Access.SOURCE)) {
      assertThat(source.notices()).isEmpty();
    }
  }

  @Test
  void anIdThatIsNoStringIsNotSelected() {
    insert(new BsonDocument("_id", new BsonObjectId(new ObjectId())));
    insert(new BsonDocument("_id", new BsonInt32(5)));
    insert(new BsonDocument("_id", new BsonDocument("default:extract:", new BsonInt32(5))));
    try (CacheStore store = place.open(Access.SOURCE)) {
      assertThat(store.count(DEFAULT, n -> {}).total()).isZero();
      assertThat(scan(store).records()).isEmpty();
      assertThat(store.count(Selection.ofPrefixes(List.of("")), n -> {}).total()).isZero();
    }
  }

  @Test
  void keysAreReadInOneOrderWhateverTheirCharacters() {
    List<CacheRecord> records = new ArrayList<>();
    for (String end : List.of("\uff5e", "\ud83d\ude00", "Z", "a", "ä", "~", "\u0001", "\ud7ff")) {
      records.add(CacheRecord.of("default:extract:" + end, Map.of("return", JsonValue.of(end))));
    }
    try (CacheStore store = place.open(Access.TARGET)) {
      store.upsert(records);
      List<CacheRecord> read = new ArrayList<>();
      Cursor cursor = Cursor.START;
      while (true) {
        Page page = store.scan(DEFAULT, cursor, new PageLimit(1, 1000));
        read.addAll(page.records());
        if (page.next().isEmpty()) {
          break;
        }
        cursor = page.next().get();
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(records);
    }
  }

  @Test
  void aCollectionWithACollationIsReadWhole() {
    assumeTrue(!MongoTestServer.shared().isFake(), "mongo-java-server knows no collation");
    place
        .database()
        .createCollection(
            "llm_response_cache",
            new CreateCollectionOptions().collation(Collation.builder().locale("en").build()));
    List<CacheRecord> records = SampleRecords.usual(20);
    try (CacheStore store = place.open(Access.TARGET)) {
      assertThat(store.upsert(records).failures()).isEmpty();
      assertThat(store.upsert(records).failures()).isEmpty();
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(20);
      assertThat(scan(store).records()).containsExactlyInAnyOrderElementsOf(records);
      assertThat(store.notices()).last().asString().contains("a collation of its own");
    }
  }

  private void insert(BsonDocument document) {
    place.documents().insertOne(new RawBsonDocument(document, new BsonDocumentCodec()));
  }

  private static Page scan(CacheStore store) {
    return store.scan(DEFAULT, Cursor.START, LARGE);
  }

  private static CacheRecord returning(int length) {
    return CacheRecord.of(
        SampleRecords.key("extract", "returning"),
        Map.of("return", JsonValue.of("x".repeat(length))));
  }

  private static CacheRecord odd(String seed, String json) {
    return CacheRecord.ofJson(
        SampleRecords.key("extract", seed), json.getBytes(StandardCharsets.UTF_8));
  }
}
