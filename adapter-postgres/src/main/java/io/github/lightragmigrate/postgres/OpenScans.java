package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Cursor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Scans that wait for their next page, each with a connection of its own. Who needs a connection
 * when there is none left takes one from a scan, which then begins anew behind its last row. Safe
 * for use by several threads.
 */
final class OpenScans {

  /** Nobody goes on with more: the others were left by scans that went on from earlier pages. */
  private static final int MOST = 16;

  private final ConnectionPool connections;
  private final Map<Cursor, RowStream> waiting = new LinkedHashMap<>();

  OpenScans(ConnectionPool connections) {
    this.connections = connections;
    connections.whenShort(this::endOne);
  }

  /** The scan that goes on there, if there is one. */
  synchronized Optional<RowStream> take(Cursor cursor) {
    return Optional.ofNullable(waiting.remove(cursor));
  }

  void keep(Cursor cursor, RowStream stream) {
    RowStream replaced;
    synchronized (this) {
      replaced = waiting.put(cursor, stream);
    }
    if (replaced != null) {
      connections.abort(replaced.connection());
    }
    if (size() > MOST) {
      endOne();
    }
    connections.tellThatOneCanBeHad();
  }

  private synchronized int size() {
    return waiting.size();
  }

  /** Ends the oldest; false when there is none. */
  private boolean endOne() {
    RowStream oldest;
    synchronized (this) {
      Iterator<RowStream> streams = waiting.values().iterator();
      if (!streams.hasNext()) {
        return false;
      }
      oldest = streams.next();
      streams.remove();
    }
    connections.abort(oldest.connection());
    return true;
  }

  void closeAll() {
    boolean more = endOne();
    while (more) {
      more = endOne();
    }
  }
}
