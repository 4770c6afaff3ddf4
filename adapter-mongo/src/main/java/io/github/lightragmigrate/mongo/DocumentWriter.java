package io.github.lightragmigrate.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.StoreException.Kind;
import io.github.lightragmigrate.spi.WriteFailure;
import io.github.lightragmigrate.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** Replaces or inserts whole documents, many in one message. */
final class DocumentWriter {

  /** Below the 48 MB of a message, and bounds what is encoded at once. */
  private static final int CHUNK_BYTES = 16 * 1024 * 1024;

  private static final int CHUNK_RECORDS = 500;

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final MongoCollection<RawBsonDocument> documents;
  private final Faults faults;

  DocumentWriter(MongoCollection<RawBsonDocument> documents, Faults faults) {
    this.documents = documents;
    this.faults = faults;
  }

  static List<WriteFailure> rejected(List<CacheRecord> batch) {
    List<WriteFailure> failures = new ArrayList<>();
    for (CacheRecord record : batch) {
      try {
        DocumentEncoder.encode(record);
      } catch (UnholdableException e) {
        failures.add(rejected(record, e));
      }
    }
    return failures;
  }

  private static WriteFailure rejected(CacheRecord record, UnholdableException e) {
    return WriteFailure.rejected(record.key(), String.valueOf(e.getMessage()));
  }

  WriteResult upsert(List<CacheRecord> batch) {
    List<WriteFailure> failures = new ArrayList<>();
    Chunk chunk = new Chunk();
    int written = 0;
    for (CacheRecord record : batch) {
      try {
        RawBsonDocument document = DocumentEncoder.encode(record);
        if (chunk.isFullFor(document)) {
          written += write(chunk, failures);
          chunk = new Chunk();
        }
        chunk.add(record.key(), document);
      } catch (UnholdableException e) {
        failures.add(rejected(record, e));
      }
    }
    written += write(chunk, failures);
    return new WriteResult(written, failures);
  }

  /** Returns the number of documents written, and adds the others to the failures. */
  private int write(Chunk chunk, List<WriteFailure> failures) {
    if (chunk.keys.isEmpty()) {
      return 0;
    }
    try {
      documents.bulkWrite(chunk.models, UNORDERED);
      return chunk.keys.size();
    } catch (MongoBulkWriteException e) {
      checkWriteConcern(e);
      for (BulkWriteError error : e.getWriteErrors()) {
        String message = "error " + error.getCode() + ", " + error.getMessage();
        if (ErrorCodes.concernsAllDocuments(error.getCode())) {
          throw faults.fault(
              ErrorCodes.kind(error.getCode()), message + ErrorCodes.advice(error.getCode()), e);
        }
        failures.add(
            new WriteFailure(
                chunk.keys.get(error.getIndex()),
                "MongoDB " + message,
                ErrorCodes.retryable(error.getCode())));
      }
      return chunk.keys.size() - e.getWriteErrors().size();
    }
  }

  /** Written, but not as safely as asked: the whole batch is to be written again. */
  private void checkWriteConcern(MongoBulkWriteException e) {
    WriteConcernError error = e.getWriteConcernError();
    if (error != null) {
      Kind kind = ErrorCodes.kind(error.getCode());
      throw faults.fault(
          kind == Kind.FAULT ? Kind.UNAVAILABLE : kind,
          "the write concern is not met: error " + error.getCode() + ", " + error.getMessage(),
          e);
    }
  }

  private static final class Chunk {

    private final List<String> keys = new ArrayList<>();
    private final List<ReplaceOneModel<RawBsonDocument>> models = new ArrayList<>();
    private long bytes;

    boolean isFullFor(RawBsonDocument next) {
      return keys.size() == CHUNK_RECORDS
          || (!keys.isEmpty() && bytes + next.getByteLength() > CHUNK_BYTES);
    }

    void add(String key, RawBsonDocument document) {
      keys.add(key);
      models.add(new ReplaceOneModel<>(Filters.eq(CacheRecord.ID_FIELD, key), document, UPSERT));
      bytes += document.getByteLength();
    }
  }
}
