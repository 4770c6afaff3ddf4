package io.github.lightragmigrate.opensearch;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.StoreException;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes documents with {@code _bulk}, each with a result of its own. */
final class Writer {

  /** Far below http.max_content_length (100 MB), and what a node takes in well. */
  private static final long MOST_BYTES = 8 << 20;

  private static final int MOST_RECORDS = 1000;

  /** All that is read of an answer, so all that the server sends. */
  private static final Map<String, String> RESULTS =
      Map.of("filter_path", "errors,items.index._id,items.index.status,items.index.error");

  private static final byte[] ACTION = "{\"index\": {\"_id\": ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_OF_ACTION = "}}\n".getBytes(StandardCharsets.US_ASCII);

  /** What the action and the copy of the key add to a record, but for the key itself. */
  private static final int LINES_BYTES = 64;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final Set<Integer> RETRYABLE = Set.of(408, 429, 502, 503, 504);

  private final Rest rest;
  private final CacheIndex index;
  private final TextFields texts;

  Writer(Rest rest, CacheIndex index) {
    this.rest = rest;
    this.index = index;
    this.texts = new TextFields(rest, index);
  }

  static List<WriteFailure> rejected(List<CacheRecord> batch) {
    List<WriteFailure> failures = new ArrayList<>();
    for (CacheRecord record : batch) {
      Unstorable.reason(record)
          .ifPresent(reason -> failures.add(WriteFailure.rejected(record.key(), reason)));
    }
    return failures;
  }

  WriteResult upsert(List<CacheRecord> batch) {
    List<WriteFailure> failures = new ArrayList<>();
    List<CacheRecord> chunk = new ArrayList<>();
    long bytes = 0;
    for (CacheRecord record : batch) {
      Optional<String> reason = Unstorable.reason(record);
      if (reason.isPresent()) {
        failures.add(WriteFailure.rejected(record.key(), reason.get()));
        continue;
      }
      if (!chunk.isEmpty()
          && (bytes + record.size() > MOST_BYTES || chunk.size() == MOST_RECORDS)) {
        failures.addAll(write(chunk));
        chunk = new ArrayList<>();
        bytes = 0;
      }
      chunk.add(record);
      bytes += record.size();
    }
    if (!chunk.isEmpty()) {
      failures.addAll(write(chunk));
    }
    return new WriteResult(batch.size() - failures.size(), failures);
  }

  /** What is refused whole and holds one record is that record's failure. */
  private List<WriteFailure> write(List<CacheRecord> records) {
    try {
      return writeWhole(records);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.REJECTED && records.size() == 1) {
        String reason = String.valueOf(e.getMessage());
        return List.of(WriteFailure.rejected(records.get(0).key(), reason));
      }
      throw e;
    }
  }

  private List<WriteFailure> writeWhole(List<CacheRecord> records) {
    texts.keep(records);
    Request request = Request.lines(index.path("_bulk"), lines(records)::writeTo);
    Reply result = rest.expectSuccess(request.with(RESULTS));
    JsonValue errors = result.at("errors");
    if (errors.kind() != JsonValue.Kind.BOOLEAN) {
      throw rest.faults().fault("the answer to _bulk does not say whether there were errors");
    }
    return errors.bool() ? failures(result, records.size()) : List.of();
  }

  /** An action and a document for each record, in a buffer that need not grow. */
  private static ByteArrayOutputStream lines(List<CacheRecord> records) {
    long bytes = 0;
    for (CacheRecord record : records) {
      bytes += record.size() + 2L * record.key().length() + LINES_BYTES;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream((int) Math.min(bytes, LONGEST_ARRAY));
    for (CacheRecord record : records) {
      lines.writeBytes(ACTION);
      JsonValue.of(record.key()).writeJson(lines);
      lines.writeBytes(END_OF_ACTION);
      Documents.writeSource(record, lines);
      lines.write('\n');
    }
    return lines;
  }

  private List<WriteFailure> failures(Reply result, int records) {
    List<JsonValue> items = Reply.elements(result.at("items"));
    if (items.size() != records) {
      throw rest.faults()
          .fault(
              "the answer to _bulk has " + items.size() + " results for " + records + " records");
    }
    List<WriteFailure> failures = new ArrayList<>();
    for (JsonValue item : items) {
      Map<String, JsonValue> outcome =
          Reply.fields(Reply.fields(item).getOrDefault("index", JsonValue.NULL));
      JsonValue error = outcome.get("error");
      if (error != null) {
        int status =
            outcome.getOrDefault("status", JsonValue.NULL).asLong().orElse(500L).intValue();
        requireNoFaultOfIndex(status, error);
        String key = outcome.getOrDefault("_id", JsonValue.of("")).string();
        failures.add(new WriteFailure(key, Reply.reason(error), RETRYABLE.contains(status)));
      }
    }
    return failures;
  }

  /** What holds for every document is a fault of the store. */
  private void requireNoFaultOfIndex(int status, JsonValue error) {
    String type = Reply.fields(error).getOrDefault("type", JsonValue.of("")).string();
    switch (type) {
      case "cluster_block_exception" -> throw rest.faults().of(status, Reply.reason(error), true);
      case "index_closed_exception", "index_not_found_exception", "security_exception" ->
          throw rest.faults().of(status, Reply.reason(error), false);
      default -> {}
    }
  }
}
