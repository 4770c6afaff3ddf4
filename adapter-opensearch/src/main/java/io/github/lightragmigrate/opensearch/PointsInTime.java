package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The points in time that a store has open: each keeps old segments alive on the server, so none is
 * left to its time-out. Safe for use by several threads.
 */
final class PointsInTime {

  private static final String PATH = "_search/point_in_time";

  private final Rest rest;
  private final CacheIndex index;
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  PointsInTime(Rest rest, CacheIndex index) {
    this.rest = rest;
    this.index = index;
  }

  /** The id of a new one over all shards; empty when there is no index. */
  Optional<String> open() {
    Reply reply =
        rest.send(
            Request.of("POST", index.path(PATH))
                .with(
                    Map.of(
                        "keep_alive", Queries.KEEP_ALIVE, "allow_partial_pit_creation", "false")));
    if (reply.status() == 404) {
      return Optional.empty();
    }
    String id =
        rest.successful(reply)
            .at("pit_id")
            .asString()
            .orElseThrow(() -> rest.faults().fault("no pit_id in the answer to " + PATH));
    open.add(id);
    return Optional.of(id);
  }

  /** Never fails: a point in time that stays ends by itself. */
  void close(String id) {
    open.remove(id);
    try {
      String body = "{\"pit_id\": [" + JsonValue.of(id) + "]}";
      rest.send(Request.json("DELETE", "/" + PATH, body));
    } catch (StoreException e) {
      // what the scan found is complete, and that is what counts
    }
  }

  void closeAll() {
    open.forEach(this::close);
  }
}
