package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The commands that the store needs, each tried once. Safe for use by several threads. */
final class RedisServer implements AutoCloseable {

  /** As many as LightRAG asks for: about a millisecond of the server's time. */
  private static final int KEYS_A_SCAN = 1000;

  /** The cursor to start with, and the one that says that the scan is complete. */
  static final String SCAN_START = "0";

  private final RedisClient client;
  private final RedisErrors errors;

  private RedisServer(RedisClient client, RedisErrors errors) {
    this.client = client;
    this.errors = errors;
  }

  /**
   * @throws StoreException when the server does not answer to the credentials
   */
  static RedisServer connect(RedisSettings settings) {
    RedisUri uri = settings.uri();
    RedisErrors errors = new RedisErrors(uri);
    RedisClient client;
    try {
      client =
          RedisClient.builder()
              .hostAndPort(new HostAndPort(uri.host(), uri.port()))
              .clientConfig(settings.client())
              .poolConfig(settings.pool())
              .build();
    } catch (JedisException e) {
      throw errors.translate(e);
    }
    RedisServer server = new RedisServer(client, errors);
    try {
      server.checkAnswers();
    } catch (StoreException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** An answer to SCAN. */
  record ScanReply(String next, List<byte[]> keys, String runId) {
    boolean last() {
      return next.equals(SCAN_START);
    }
  }

  /**
   * Keys at this cursor, with the id of the server process, for which alone cursors have a meaning.
   */
  ScanReply scan(String cursor, byte[] pattern) {
    ScanParams params = new ScanParams().match(pattern).count(KEYS_A_SCAN);
    return pipelined(
        pipeline -> {
          Response<ScanResult<byte[]>> scan =
              pipeline.scan(cursor.getBytes(StandardCharsets.US_ASCII), params);
          Response<Object> info = pipeline.sendCommand(Protocol.Command.INFO, "server");
          pipeline.sync();
          ScanResult<byte[]> result = scan.get();
          return new ScanReply(
              result.getCursor(), result.getResult(), infoField(info, "run_id").orElse(""));
        });
  }

  /** Length of a string in bytes: 0 when there is none, -1 for another type. */
  long length(RedisKey key) {
    return lengths(List.of(key)).get(0);
  }

  /** {@link #length} of each. */
  List<Long> lengths(List<RedisKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return pipelined(
        pipeline -> {
          List<Response<Long>> lengths =
              keys.stream().map(key -> pipeline.strlen(key.bytes())).toList();
          pipeline.sync();
          return lengths.stream().map(RedisServer::lengthOf).toList();
        });
  }

  private static long lengthOf(Response<Long> response) {
    try {
      return response.get();
    } catch (JedisDataException e) {
      if (RedisErrors.isWrongType(e)) {
        return -1;
      }
      throw e;
    }
  }

  /** Type of each key in Redis' words, {@code list}; empty where it is not told. */
  List<String> types(List<RedisKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return pipelined(
        pipeline -> {
          List<Response<String>> types =
              keys.stream().map(key -> pipeline.type(key.bytes())).toList();
          pipeline.sync();
          return types.stream().map(RedisServer::typeOf).toList();
        });
  }

  private static String typeOf(Response<String> response) {
    try {
      return response.get();
    } catch (JedisDataException e) {
      // an ACL may forbid TYPE
      return "";
    }
  }

  List<Boolean> exist(List<RedisKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return pipelined(
        pipeline -> {
          List<Response<Boolean>> found =
              keys.stream().map(key -> pipeline.exists(key.bytes())).toList();
          pipeline.sync();
          return found.stream().map(Response::get).toList();
        });
  }

  /** Bytes of a string, from an offset to another, which is not included. */
  byte[] range(RedisKey key, long from, long to) {
    return call(() -> client.getrange(key.bytes(), from, to - 1));
  }

  void ping() {
    call(client::ping);
  }

  /** As {@link #ping}; a server that cannot save refuses it, and can be read. */
  private void checkAnswers() {
    call(
        () -> {
          try {
            return client.ping();
          } catch (JedisDataException e) {
            if (RedisErrors.isUnableToSave(e)) {
              return "";
            }
            throw e;
          }
        });
  }

  /** Settings of the server by glob pattern. */
  Map<String, String> configuration(String pattern) {
    return call(() -> client.configGet(pattern));
  }

  /** A field of INFO, where the server has it and the user may ask. */
  Optional<String> info(String section, String field) {
    return pipelined(
        pipeline -> {
          Response<Object> info = pipeline.sendCommand(Protocol.Command.INFO, section);
          pipeline.sync();
          return infoField(info, field);
        });
  }

  /** Which server process answers: another one after a restart; empty where INFO is forbidden. */
  String runId() {
    return info("server", "run_id").orElse("");
  }

  private static Optional<String> infoField(Response<Object> info, String field) {
    try {
      return info.get() instanceof byte[] text
          ? new String(text, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(field + ":"))
              .map(line -> line.substring(field.length() + 1).strip())
              .findFirst()
          : Optional.empty();
    } catch (JedisDataException e) {
      // an ACL may forbid INFO
      return Optional.empty();
    }
  }

  /** The pipeline's commands go out as they come; {@code commands} must sync before it returns. */
  <T> T pipelined(Function<Pipeline, T> commands) {
    return call(
        () -> {
          try (Pipeline pipeline = client.pipelined()) {
            return commands.apply(pipeline);
          }
        });
  }

  void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw errors.interrupted();
    }
  }

  private <T> T call(Supplier<T> command) {
    checkInterrupt();
    try {
      return command.get();
    } catch (JedisException e) {
      if (!RedisErrors.isBroken(e)) {
        throw errors.translate(e);
      }
    }
    // the server was restarted or closed idle connections: a new one tells how it is, and every
    // command here may be repeated
    client.getPool().clear();
    try {
      return command.get();
    } catch (JedisException e) {
      throw errors.translate(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
