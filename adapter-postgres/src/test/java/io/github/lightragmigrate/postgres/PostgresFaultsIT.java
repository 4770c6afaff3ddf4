package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.testkit.SampleRecords;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults that pass, as a real server shows them: each is worth a retry. */
class PostgresFaultsIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private static final int SSL_REQUEST_BYTES = 8;

  private final Database database = Database.create();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void aDeadlockIsWorthARetry() throws Exception {
    List<CacheRecord> batch = SampleRecords.usual(3);
    // at once, so that the store is the one that gives way
    String settings = "deadlock_timeout=1ms";
    try (CacheStore store = open(Map.of("POSTGRES_SERVER_SETTINGS", settings));
        Transaction holdsSecond = new Transaction();
        Transaction holdsThird = new Transaction()) {
      store.upsert(batch);
      holdsSecond.update(batch.get(1));
      holdsThird.update(batch.get(2));
      Future<?> writing = threads.submit(() -> store.upsert(batch));
      awaitWaiting(1);
      Future<?> waitsForFirst = threads.submit(() -> holdsThird.update(batch.get(0)));
      awaitWaiting(2);
      holdsSecond.rollback();
      assertThatThrownBy(writing::get)
          .cause()
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.THROTTLED))
          .hasMessageContaining("deadlock detected");
      waitsForFirst.get();
      holdsThird.rollback();
      assertThat(store.upsert(batch).written()).isEqualTo(3);
    }
  }

  @Test
  void aSerializationFailureIsWorthARetry() throws Exception {
    List<CacheRecord> batch = SampleRecords.usual(1);
    String settings = "default_transaction_isolation=repeatable read";
    try (CacheStore store = open(Map.of("POSTGRES_SERVER_SETTINGS", settings));
        Transaction other = new Transaction()) {
      store.upsert(batch);
      other.update(batch.get(0));
      Future<?> writing = threads.submit(() -> store.upsert(batch));
      awaitWaiting(1);
      other.commit();
      assertThatThrownBy(writing::get)
          .cause()
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.THROTTLED))
          .hasMessageContaining("could not serialize access");
      assertThat(store.upsert(batch).written()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatTakesNoWritesForAWhileIsWorthARetry() {
    List<CacheRecord> batch = SampleRecords.usual(3);
    open(Map.of()).close();
    setReadOnly("on");
    // the table is there, so that only the write is refused
    try (CacheStore store = open(Map.of())) {
      assertFails(
          () -> store.upsert(batch),
          Kind.THROTTLED,
          "read-only transaction",
          "name its primary in POSTGRES_HOST");
      assertThat(store.count(DEFAULT, n -> {}).total()).isZero();
    }
    setReadOnly("off");
    try (CacheStore store = open(Map.of())) {
      assertThat(store.upsert(batch).written()).isEqualTo(3);
    }
  }

  @Test
  void aConnectionThatIsResetIsWorthARetry() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      Future<?> resetting =
          threads.submit(
              () -> {
                while (true) {
                  Socket client = server.accept();
                  client.setSoLinger(true, 0);
                  client.close();
                }
              });
      assertFails(
          () -> open(Map.of("POSTGRES_PORT", Integer.toString(server.getLocalPort()))),
          Kind.UNAVAILABLE,
          Integer.toString(server.getLocalPort()));
      assertThat(resetting.isDone()).isFalse();
    }
  }

  @Test
  void aHandshakeThatBreaksOffIsNoFaultOfTls() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      threads.submit(
          () -> {
            while (true) {
              try (Socket client = server.accept()) {
                client.getInputStream().readNBytes(SSL_REQUEST_BYTES);
                client.getOutputStream().write('S');
              }
            }
          });
      String port = Integer.toString(server.getLocalPort());
      assertFails(
          () -> open(Map.of("POSTGRES_PORT", port, "POSTGRES_SSL_MODE", "require")),
          Kind.UNAVAILABLE,
          port);
    }
  }

  @Test
  void aServerThatShutsDownIsWorthARetry() throws Exception {
    assumeTrue(
        System.getenv("MIGRATE_TEST_POSTGRES_URL") == null, "a server named to us is not ours");
    try (PostgresTestServer own = PostgresTestServer.start();
        Connection session = own.connect("postgres")) {
      Path pidFile = Path.of(show(session, "data_directory"), "postmaster.pid");
      assumeTrue(Files.exists(pidFile), "a server in a container is not to be signalled");
      Database ownDatabase = Database.create(own);
      try (CacheStore store = ownDatabase.open(Access.TARGET)) {
        store.upsert(SampleRecords.usual(1));
      }
      long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
      // SIGTERM: no new sessions, and the old ones, as ours, go on until they end
      ProcessHandle.of(pid).orElseThrow().destroy();
      await()
          .untilAsserted(
              () ->
                  assertFails(
                      () -> ownDatabase.open(Access.TARGET).close(),
                      Kind.UNAVAILABLE,
                      "the database system is shutting down"));
    }
  }

  private CacheStore open(Map<String, String> settings) {
    return new PostgresAdapter().open(database.settings(settings), Access.TARGET);
  }

  /** For new sessions, as after a failover. */
  private void setReadOnly(String value) {
    database.execute(
        "SET default_transaction_read_only = off",
        "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = " + value);
  }

  private void awaitWaiting(int sessions) {
    await()
        .until(
            () ->
                database
                    .query(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                            + " datname = current_database()")
                    .equals(List.of(Integer.toString(sessions))));
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void assertFails(ThrowingCallable call, Kind kind, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  /** Somebody else's, which is never the one that gives way. */
  private final class Transaction implements AutoCloseable {

    private final Connection connection;

    Transaction() throws SQLException {
      connection = database.server().connect(database.name());
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET deadlock_timeout = '1h'");
      }
      connection.commit();
    }

    int update(CacheRecord record) {
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate(
            "UPDATE lightrag_llm_cache SET return_value = 'x' WHERE id = '" + record.key() + "'");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    void commit() throws SQLException {
      connection.commit();
    }

    void rollback() throws SQLException {
      connection.rollback();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
