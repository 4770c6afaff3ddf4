package io.github.lightragmigrate.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.testservers.PostgresTestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database of the tests' server, which no other test sees. */
record Database(PostgresTestServer server, String name) {

  static Database create() {
    return create(PostgresTestServer.shared());
  }

  static Database create(PostgresTestServer server) {
    return new Database(server, server.createDatabase());
  }

  /** Sorts as people do: under ICU, case and punctuation count last. */
  static Database createSortedByPeople() {
    Database plain = create();
    String name = plain.name + "_icu";
    plain.execute(
        "CREATE DATABASE "
            + name
            + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE"
            + " 'en-US-u-ka-shifted'");
    return new Database(plain.server, name);
  }

  /** Takes any bytes for text. */
  static Database createOfAnyBytes() {
    Database plain = create();
    String name = plain.name + "_ascii";
    plain.execute(
        "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
    return new Database(plain.server, name);
  }

  Settings settings() {
    return settings(Map.of());
  }

  Settings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(server.settings(name));
    values.putAll(more);
    return Settings.of(values);
  }

  CacheStore open(Access access) {
    return new PostgresAdapter().open(settings(), access);
  }

  void upsert(String workspace, List<CacheRecord> records) {
    Settings settings = settings(Map.of("POSTGRES_WORKSPACE", workspace));
    try (CacheStore store = new PostgresAdapter().open(settings, Access.TARGET)) {
      assertThat(store.upsert(records).failures()).isEmpty();
    }
  }

  void execute(String... statements) {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How a query is carried out by whoever asks for the order of the index. */
  String plan(String sql) {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      IndexOrder.follow(connection);
      StringBuilder plan = new StringBuilder();
      try (ResultSet rows = statement.executeQuery("EXPLAIN " + sql)) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      return plan.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Columns of a row joined by " | ". */
  List<String> query(String sql) {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        lines.add(String.join(" | ", values));
      }
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean hasTable() {
    return query("SELECT to_regclass('lightrag_llm_cache') IS NOT NULL").equals(List.of("t"));
  }
}
