package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.postgresql.Driver;

/** As many connections as threads need at once, up to a limit, each used for one transaction. */
final class ConnectionPool implements AutoCloseable {

  /** A body of a transaction, which is committed when it returns. */
  @FunctionalInterface
  interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }

  private final PostgresSettings settings;
  private final boolean readOnly;
  private final Properties properties;
  private final Driver driver = new Driver();
  private final Semaphore permits;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ConnectionPool(PostgresSettings settings, boolean readOnly) {
    this.settings = settings;
    this.readOnly = readOnly;
    this.properties = ConnectionProperties.of(settings);
    this.permits = new Semaphore(settings.maxConnections());
  }

  /**
   * All or nothing.
   *
   * @throws StoreException of the kind that fits the fault
   */
  <T> T inTransaction(Work<T> work) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.INTERRUPTED, "interrupted", e);
    }
    try {
      return run(work);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, settings);
    } finally {
      permits.release();
    }
  }

  private <T> T run(Work<T> work) throws SQLException {
    Connection connection = take();
    boolean reusable = false;
    try {
      T result = work.apply(connection);
      connection.commit();
      reusable = true;
      return result;
    } catch (SQLException e) {
      reusable = rollback(connection);
      throw e;
    } finally {
      giveBack(connection, reusable);
    }
  }

  private Connection take() throws SQLException {
    Connection kept = idle.pollFirst();
    if (kept != null) {
      return kept;
    }
    Connection connection = driver.connect("jdbc:postgresql://", properties);
    if (connection == null) {
      throw new IllegalStateException("the driver does not know its own URL");
    }
    connection.setReadOnly(readOnly);
    connection.setAutoCommit(false);
    return connection;
  }

  /** Whether the connection can be used again; when not, the others are as old and go with it. */
  private boolean rollback(Connection connection) {
    try {
      connection.rollback();
      return true;
    } catch (SQLException e) {
      closeIdle();
      return false;
    }
  }

  private void giveBack(Connection connection, boolean reusable) {
    if (reusable && !closed) {
      idle.addFirst(connection);
    } else {
      close(connection);
    }
    if (closed) {
      closeIdle();
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (Connection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      close(kept);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // nothing is lost: what was not committed was reported as not written
    }
  }
}
