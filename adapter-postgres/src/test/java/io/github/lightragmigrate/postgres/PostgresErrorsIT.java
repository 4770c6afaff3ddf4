package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.PageLimit;
import io.github.lightragmigrate.spi.Selection;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.testkit.SampleRecords;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PostgresErrorsIT {

  private static final Selection DEFAULT = Selection.ofTypes(Selection.DEFAULT_TYPES);

  private final Database database = Database.create();

  @Test
  void aWrongPasswordIsDenied() {
    assertFails(
        () -> open(Map.of("POSTGRES_PASSWORD", "not-the-password")),
        Kind.DENIED,
        "password authentication failed",
        "check POSTGRES_USER and POSTGRES_PASSWORD");
    assertFails(() -> open(Map.of("POSTGRES_PASSWORD", "")), Kind.SETTINGS, "password");
  }

  @Test
  void anUnknownDatabaseIsNamed() {
    assertFails(
        () -> open(Map.of("POSTGRES_DATABASE", "nowhere at/all?x")),
        Kind.SETTINGS,
        "database \"nowhere at/all?x\" does not exist",
        "check POSTGRES_DATABASE");
  }

  @Test
  void aClosedPortIsUnavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertFails(
        () -> open(Map.of("POSTGRES_PORT", Integer.toString(port))),
        Kind.UNAVAILABLE,
        Integer.toString(port),
        "is the server running");
  }

  @Test
  void anUnknownHostIsUnavailable() {
    assertFails(
        () -> open(Map.of("POSTGRES_HOST", "no-such-host.invalid")),
        Kind.UNAVAILABLE,
        "no-such-host.invalid");
  }

  @Test
  void missingRightsAreDenied() {
    database.open(Access.TARGET).close();
    String reader = "reader_" + database.name();
    database.execute("CREATE ROLE " + reader + " LOGIN PASSWORD 'reader-password'");
    Map<String, String> login =
        Map.of("POSTGRES_USER", reader, "POSTGRES_PASSWORD", "reader-password");
    try (CacheStore store = open(login)) {
      assertFails(
          () -> store.upsert(SampleRecords.usual(1)), Kind.DENIED, "permission denied for table");
      assertFails(() -> store.count(DEFAULT, n -> {}), Kind.DENIED, "permission denied");
    }
    database.execute("DROP TABLE lightrag_llm_cache");
    assertFails(() -> open(login), Kind.DENIED, "permission denied for schema public");
    database.execute("DROP ROLE " + reader);
  }

  @Test
  void tooManyConnectionsAreThrottled() {
    String limited = "limited_" + database.name();
    database.execute(
        "CREATE ROLE " + limited + " LOGIN PASSWORD 'limited-password' CONNECTION LIMIT 0");
    assertFails(
        () -> open(Map.of("POSTGRES_USER", limited, "POSTGRES_PASSWORD", "limited-password")),
        Kind.THROTTLED,
        "too many connections",
        "lower POSTGRES_MAX_CONNECTIONS");
    database.execute("DROP ROLE " + limited);
  }

  @Test
  void unknownServerSettingsAreNamed() {
    assertFails(
        () -> open(Map.of("POSTGRES_SERVER_SETTINGS", "no_such_thing=1")),
        Kind.SETTINGS,
        "no_such_thing",
        "check POSTGRES_SERVER_SETTINGS");
    assertFails(
        () -> open(Map.of("POSTGRES_SERVER_SETTINGS", "work_mem=huge")), Kind.SETTINGS, "work_mem");
  }

  @Test
  void serverSettingsReachTheSession() {
    assertFails(
        () -> open(Map.of("POSTGRES_SERVER_SETTINGS", "default_transaction_read_only=on")),
        Kind.THROTTLED,
        "read-only transaction");
    try (CacheStore store =
        open(Map.of("POSTGRES_SERVER_SETTINGS", "statement_timeout=50&lock_timeout=0"))) {
      store.upsert(SampleRecords.usual(1));
      lockedDo(
          () ->
              assertFails(
                  () -> store.upsert(SampleRecords.usual(1)), Kind.THROTTLED, "statement timeout"));
    }
  }

  @Test
  void aServerThatEndsTheSessionIsUnavailableAndThenThereAgain() {
    try (CacheStore store = open(Map.of())) {
      store.upsert(SampleRecords.usual(5));
      database.execute(
          "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name ="
              + " 'lightrag-migrate' AND datname = current_database()");
      assertFails(() -> store.count(DEFAULT, n -> {}), Kind.UNAVAILABLE, "terminating connection");
      assertThat(store.count(DEFAULT, n -> {}).total()).isEqualTo(5);
    }
  }

  @Test
  void moreThreadsThanConnectionsWaitTheirTurn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (CacheStore store = open(Map.of("POSTGRES_MAX_CONNECTIONS", "2"))) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(
            threads.submit(
                () -> {
                  store.upsert(SampleRecords.usual(20));
                  return store.scan(DEFAULT, Cursor.START, new PageLimit(10, 1 << 20));
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(
              database.query(
                  "SELECT count(*) <= 2 FROM pg_stat_activity WHERE application_name ="
                      + " 'lightrag-migrate' AND datname = current_database()"))
          .containsExactly("t");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anInterruptedThreadStops() {
    try (CacheStore store = open(Map.of())) {
      Thread.currentThread().interrupt();
      assertFails(() -> store.count(DEFAULT, n -> {}), Kind.INTERRUPTED, "interrupted");
      assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    }
  }

  @Test
  void aSourceDoesNotWrite() {
    try (CacheStore store = database.open(Access.SOURCE)) {
      assertThatThrownBy(() -> store.upsert(SampleRecords.usual(1)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private CacheStore open(Map<String, String> settings) {
    return new PostgresAdapter().open(database.settings(settings), Access.TARGET);
  }

  private void lockedDo(Runnable action) {
    try (Connection connection = database.server().connect(database.name());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE lightrag_llm_cache");
      action.run();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertFails(ThrowingCallable call, Kind kind, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
              assertThat(e.getMessage()).contains(parts);
              for (String secret :
                  List.of(
                      database.server().password(),
                      "not-the-password",
                      "reader-password",
                      "limited-password")) {
                assertThat(e.toString()).doesNotContain(secret);
                assertThat(String.valueOf(e.getCause())).doesNotContain(secret);
              }
            });
  }
}
