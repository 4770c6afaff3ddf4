package io.github.lightragmigrate.postgres;

import io.github.lightragmigrate.spi.Cursor;
import io.github.lightragmigrate.spi.Selection;
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
  private final Map<Place, RowStream> waiting = new LinkedHashMap<>();
  private boolean closed;

  /** Two scans of different selections can be behind the same row. */
  private record Place(Selection selection, Cursor cursor) {}

  OpenScans(ConnectionPool connections) {
    this.connections = connections;
    connections.whenShort(this::endOne);
  }

  /** The scan that goes on there, if there is one. */
  synchronized Optional<RowStream> take(Selection selection, Cursor cursor) {
    return Optional.ofNullable(waiting.remove(new Place(selection, cursor)));
  }

  void keep(Selection selection, Cursor cursor, RowStream stream) {
    RowStream replaced;
    synchronized (this) {
      // nobody takes it after the end
      replaced = closed ? stream : waiting.put(new Place(selection, cursor), stream);
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
    synchronized (this) {
      closed = true;
    }
    boolean more = endOne();
    while (more) {
      more = endOne();
    }
  }
}
