package io.github.lightragmigrate.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver makes of a server's errors, which the fake gives as mongod would. */
class MongoFaultsIT {

  private static final List<CacheRecord> BATCH = SampleRecords.usual(3);

  private final FailingServer server = new FailingServer();
  private CacheStore store;

  @BeforeEach
  void open() {
    String uri =
        "mongodb://" + server.host() + "/?directConnection=true&retryReads=false&retryWrites=false";
    store = new MongoAdapter().open(Settings.of(Map.of("MONGO_URI", uri)), Access.TARGET);
    store.upsert(BATCH);
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "10107, UNAVAILABLE",
    "10058, UNAVAILABLE",
    "13435, UNAVAILABLE",
    "13436, UNAVAILABLE",
    "189, UNAVAILABLE",
    "11600, UNAVAILABLE",
    "11602, UNAVAILABLE",
    "91, UNAVAILABLE",
    "6, UNAVAILABLE",
    "89, UNAVAILABLE",
    "50, UNAVAILABLE",
    "262, UNAVAILABLE",
    "112, THROTTLED",
    "16500, THROTTLED",
    "13, DENIED",
    "14031, FAULT"
  })
  void aCommandThatFailsIsOfTheCodesKind(int code, Kind kind) {
    for (String command : List.of("update", "find")) {
      server.answer(command, error(code));
      assertFails(
          command.equals("find") ? () -> store.find(keys()) : () -> store.upsert(BATCH),
          kind,
          "error " + code + ", as the server says");
      assertThat(server.hasAnswered()).isTrue();
      assertThat(store.upsert(BATCH)).isEqualTo(new WriteResult(3, List.of()));
    }
  }

  @Test
  void theServersWordThatAWriteMayBeTriedAgainIsTaken() {
    server.answer("update", error(4242).append("errorLabels", List.of("RetryableWriteError")));
    assertFails(() -> store.upsert(BATCH), Kind.UNAVAILABLE, "4242");
    server.answer("update", error(4242));
    assertFails(() -> store.upsert(BATCH), Kind.FAULT, "4242");
  }

  @Test
  void anOldServerThatIsNoPrimaryIsUnavailable() {
    server.answer("update", new Document("ok", 0).append("errmsg", "not master"));
    assertFails(() -> store.upsert(BATCH), Kind.UNAVAILABLE, "not master");
  }

  @ParameterizedTest
  @CsvSource({"64, UNAVAILABLE", "91, UNAVAILABLE", "4242, UNAVAILABLE", "79, SETTINGS"})
  void aWriteConcernThatIsNotMetIsToBeWrittenAgain(int code, Kind kind) {
    Document concern = new Document("code", code).append("errmsg", "waiting timed out");
    server.answer(
        "update", new Document("ok", 1).append("n", 3).append("writeConcernError", concern));
    assertFails(
        () -> store.upsert(BATCH), kind, "write concern is not met: error " + code, "timed out");
  }

  @ParameterizedTest
  @CsvSource({"112, true", "189, true", "11000, true", "121, false", "4242, false"})
  void aDocumentThatIsRefusedIsOneFailure(int code, boolean retryable) {
    server.answer("update", refused(code));
    WriteResult result = store.upsert(BATCH);
    assertThat(result.written()).isEqualTo(2);
    assertThat(result.failures())
        .containsExactly(
            new WriteFailure(
                BATCH.get(1).key(), "MongoDB error " + code + ", as the server says", retryable));
  }

  @ParameterizedTest
  @CsvSource({
    "14031, FAULT, free space on the server",
    "13, DENIED, the user's roles",
    "8000, DENIED, the user's roles"
  })
  void aFaultOfTheStoreIsNotTheDocuments(int code, Kind kind, String advice) {
    server.answer("update", refused(code));
    assertFails(() -> store.upsert(BATCH), kind, "error " + code, advice);
  }

  private static Document error(int code) {
    return new Document("ok", 0).append("code", code).append("errmsg", "as the server says");
  }

  private static Document refused(int code) {
    Document error =
        new Document("index", 1).append("code", code).append("errmsg", "as the server says");
    return new Document("ok", 1).append("n", 2).append("writeErrors", List.of(error));
  }

  private static List<String> keys() {
    return BATCH.stream().map(CacheRecord::key).toList();
  }

  private static void assertFails(ThrowingCallable call, Kind kind, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
