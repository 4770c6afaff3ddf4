package io.github.lightragmigrate.redis;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Response;

/**
 * Writes records as LightRAG does: SET without expiry, the value one JSON object with {@code _id}.
 */
final class RedisWriter {

  /** Longest string that Redis takes ({@code proto-max-bulk-len}). */
  private static final long MAX_VALUE = 512L << 20;

  /**
   * Bytes that are sent before their answers are awaited. A server that hangs is then noticed by
   * the time-out for answers; there is none for sending.
   */
  private static final int BYTES_UNANSWERED = 1 << 20;

  private final RedisServer server;
  private final RedisKeys keys;

  RedisWriter(RedisServer server, RedisKeys keys) {
    this.server = server;
    this.keys = keys;
  }

  static List<WriteFailure> rejected(List<CacheRecord> batch) {
    return batch.stream().flatMap(record -> problem(record).stream()).toList();
  }

  private static Optional<WriteFailure> problem(CacheRecord record) {
    if (record.size() > MAX_VALUE) {
      return Optional.of(
          WriteFailure.rejected(record.key(), "longer than the 512 MB that Redis can hold"));
    }
    if (!RedisKeys.isNameable(record.key())) {
      return Optional.of(
          WriteFailure.rejected(record.key(), "a lone surrogate, which UTF-8 cannot hold: key"));
    }
    for (String name : record.fields().keySet()) {
      if (LoneSurrogates.areIn(name)) {
        return Optional.of(
            WriteFailure.rejected(record.key(), "a lone surrogate in the name of a field"));
      }
    }
    return Optional.empty();
  }

  WriteResult upsert(List<CacheRecord> batch) {
    List<WriteFailure> failures = new ArrayList<>();
    List<CacheRecord> accepted = new ArrayList<>();
    for (CacheRecord record : batch) {
      problem(record).ifPresentOrElse(failures::add, () -> accepted.add(record));
    }
    if (!accepted.isEmpty()) {
      set(accepted);
    }
    return new WriteResult(accepted.size(), failures);
  }

  private void set(List<CacheRecord> records) {
    server.pipelined(
        pipeline -> {
          List<Response<String>> answers = new ArrayList<>(records.size());
          long unanswered = 0;
          for (CacheRecord record : records) {
            byte[] json = record.toJsonWithId();
            answers.add(pipeline.set(keys.of(record.key()).bytes(), json));
            unanswered += json.length;
            if (unanswered >= BYTES_UNANSWERED) {
              pipeline.sync();
              server.checkInterrupt();
              unanswered = 0;
            }
          }
          pipeline.sync();
          answers.forEach(Response::get);
          return answers.size();
        });
  }
}
