package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.StoreException;
import java.util.List;
import java.util.function.Consumer;

/** SCAN from the start to the end, by one server process. */
final class FullScan {

  private FullScan() {}

  /**
   * Gives each reply's keys; a key may come several times.
   *
   * @param pattern glob pattern
   * @throws StoreException UNAVAILABLE when the server was restarted on the way
   */
  static void of(RedisServer server, byte[] pattern, Consumer<List<byte[]>> keys) {
    RedisServer.ScanReply reply = server.scan(RedisServer.SCAN_START, pattern);
    String runId = reply.runId();
    keys.accept(reply.keys());
    while (!reply.last()) {
      reply = server.scan(reply.next(), pattern);
      if (!reply.runId().equals(runId)) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "Redis was restarted while its keys were listed: try again");
      }
      keys.accept(reply.keys());
    }
  }
}
