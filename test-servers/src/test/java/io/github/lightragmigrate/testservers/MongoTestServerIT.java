package io.github.lightragmigrate.testservers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoTimeoutException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MongoTestServerIT {
  @Test
  void sharedServerAnswers() {
    MongoTestServer server = MongoTestServer.shared();
    System.out.println(server.describe());
    assertThat(MongoTestServer.shared()).isSameAs(server);
    assertThat(server.describe().contains("FAKE")).isEqualTo(server.isFake());
    assertThat(server.settings()).containsEntry("MONGO_URI", server.uri());
    try (MongoClient client = MongoClients.create(server.uri())) {
      assertThat(client.getDatabase("admin").runCommand(new Document("ping", 1)).get("ok"))
          .isEqualTo(1.0);
    }
  }

  @Test
  void bulkUpsertRangeScanAndCountWork() {
    MongoTestServer server = MongoTestServer.shared();
    try (MongoClient client = MongoClients.create(server.uri())) {
      String database = server.newDatabase();
      MongoCollection<Document> cache =
          client.getDatabase(database).getCollection("llm_response_cache");
      assertThat(upsert(cache, 1_000, "first").getUpserts()).hasSize(1_000);
      BulkWriteResult again = upsert(cache, 1_000, "second");
      assertThat(again.getMatchedCount()).isEqualTo(1_000);
      assertThat(again.getUpserts()).isEmpty();
      assertThat(cache.countDocuments()).isEqualTo(1_000);
      assertThat(
              cache
                  .find(and(gte("_id", "default:extract:0100"), lt("_id", "default:extract:0200")))
                  .sort(Sorts.ascending("_id"))
                  .limit(50)
                  .map(document -> document.getString("_id"))
                  .into(new ArrayList<>()))
          .isEqualTo(IntStream.range(100, 150).mapToObj(MongoTestServerIT::key).toList());
      assertThat(cache.find(eq("_id", key(7))).first()).containsEntry("return", "second");
      client.getDatabase(database).drop();
    }
  }

  @Test
  void closedServerIsGone() {
    MongoTestServer server = MongoTestServer.start();
    assumeTrue(server.isFake(), "a server named by the environment goes on");
    server.close();
    server.close();
    try (MongoClient client = MongoClients.create(server.uri() + "?serverSelectionTimeoutMS=300")) {
      assertThatThrownBy(() -> client.getDatabase("admin").runCommand(new Document("ping", 1)))
          .isInstanceOf(MongoTimeoutException.class);
    }
  }

  @Test
  void runningServerDoesNotKeepTheJvmAlive() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Jdk.running().java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName())
            .inheritIO()
            .start();
    try {
      assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(jvm.exitValue()).isZero();
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static BulkWriteResult upsert(
      MongoCollection<Document> cache, int count, String returned) {
    List<ReplaceOneModel<Document>> writes =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new ReplaceOneModel<>(
                        eq("_id", key(i)),
                        new Document("_id", key(i))
                            .append("return", returned)
                            .append("create_time", 1_700_000_000 + i),
                        new ReplaceOptions().upsert(true)))
            .toList();
    return cache.bulkWrite(writes, new BulkWriteOptions().ordered(false));
  }

  private static String key(int i) {
    return String.format("default:extract:%04d", i);
  }

  /** A JVM that starts a server, uses it, and ends without closing it. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] args) {
      try (MongoClient client = MongoClients.create(MongoTestServer.shared().uri())) {
        client.getDatabase("admin").runCommand(new Document("ping", 1));
      }
    }
  }
}
