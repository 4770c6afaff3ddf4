package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;
import org.postgresql.Driver;

/**
 * As many connections as are needed at once, up to a limit, each used for one transaction at a
 * time. Safe for use by several threads.
 */
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
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private BooleanSupplier reclaim = () -> false;
  private int free;
  private volatile boolean closed;

  ConnectionPool(PostgresSettings settings, boolean readOnly) {
    this.settings = settings;
    this.readOnly = readOnly;
    this.properties = ConnectionProperties.of(settings);
    this.free = settings.maxConnections();
  }

  /**
   * @param endsOne ends the use of a connection that can do without it; false when there is none
   */
  synchronized void whenShort(BooleanSupplier endsOne) {
    reclaim = endsOne;
  }

  /** Wakes who waits for a connection: one can be reclaimed now. */
  synchronized void tellThatOneCanBeHad() {
    notifyAll();
  }

  /**
   * All or nothing.
   *
   * @throws StoreException of the kind that fits the fault
   */
  <T> T inTransaction(Work<T> work) {
    return lending(
        connection -> {
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
        });
  }

  /**
   * Lends a connection; the work gives it back, or keeps it and somebody else does.
   *
   * @throws StoreException of the kind that fits the fault
   */
  <T> T lending(Work<T> work) {
    try {
      return work.apply(borrow());
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  StoreException translated(SQLException e) {
    return SqlErrors.translate(e, settings);
  }

  private Connection borrow() throws SQLException {
    awaitFree();
    boolean taken = false;
    try {
      Connection connection = take();
      taken = true;
      return connection;
    } finally {
      if (!taken) {
        release();
      }
    }
  }

  private synchronized void awaitFree() {
    checkInterrupt();
    try {
      while (free == 0) {
        if (!reclaim.getAsBoolean()) {
          wait();
        }
      }
      free--;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  /**
   * @throws StoreException INTERRUPTED when this thread is
   */
  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  private static StoreException interrupted() {
    return new StoreException(StoreException.Kind.INTERRUPTED, "interrupted");
  }

  private synchronized void release() {
    free++;
    notifyAll();
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

  /** Takes back a connection whose transaction is at its end. */
  void giveBack(Connection connection, boolean reusable) {
    if (reusable && !closed) {
      idle.addFirst(connection);
    } else {
      close(connection);
    }
    if (closed) {
      closeIdle();
    }
    release();
  }

  /** Takes back a connection in the middle of what it does. */
  void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // it is of no use any more
    }
    release();
  }

  /** Takes back a connection that failed; the others are as old and go with it. */
  void discard(Connection connection) {
    closeIdle();
    abort(connection);
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
