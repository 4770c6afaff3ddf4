package io.github.lightragmigrate.testservers;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts servers for the benchmark: a line {@code STORE NAME VALUE} for each of LightRAG's
 * variables, a line {@code STORE} with what it is, then {@code ready}; stops them at the end of the
 * input.
 */
public final class ServersMain {

  private ServersMain() {}

  /**
   * Arguments are stores: {@code redis postgres mongo opensearch}.
   *
   * @throws IOException when the input cannot be read
   */
  public static void main(String[] stores) throws IOException {
    for (String store : stores) {
      TestServer server = start(store);
      Map<String, String> settings = new TreeMap<>(server.settings());
      settings.forEach((name, value) -> System.out.println(store + "\t" + name + "\t" + value));
      System.out.println(store + "\t" + server.describe());
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // whoever started this process closes its input
    }
    System.exit(0);
  }

  private static TestServer start(String store) {
    return switch (store) {
      case "redis" -> RedisTestServer.start();
      case "postgres" -> PostgresTestServer.start();
      case "mongo" -> MongoTestServer.start();
      case "opensearch" -> OpenSearchTestServer.startV2();
      default -> throw new IllegalArgumentException("no server for " + store);
    };
  }
}
