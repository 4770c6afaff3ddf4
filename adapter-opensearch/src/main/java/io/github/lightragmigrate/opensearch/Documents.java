package io.github.lightragmigrate.opensearch;

import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as documents: {@code _id} is the key, {@code _source} the fields and the key again, which
 * LightRAG sorts by.
 */
final class Documents {

  /** LightRAG's copy of the key inside {@code _source}. */
  static final String KEY_FIELD = "__mirrored_id";

  /** For parsers of Jackson's: how long and deep a document may be, the server decides. */
  static final StreamReadConstraints UNLIMITED =
      StreamReadConstraints.builder()
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .build();

  private Documents() {}

  /**
   * A document of an answer.
   *
   * @param source {@code _source}; null when there is none, or none that can be read
   * @param malformed text of a {@code _source} that cannot be read; null for all others
   * @param sort values that it was sorted by; null when it was not
   * @param error why the server could not read it; null when it could
   * @param found false for a key that {@code _mget} did not find
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Document(
      String id,
      @Nullable JsonValue source,
      byte @Nullable [] malformed,
      @Nullable JsonValue sort,
      @Nullable JsonValue error,
      boolean found) {

    /**
     * @throws MalformedJsonException when the source is no JSON object or not there
     */
    CacheRecord record() {
      if (malformed != null) {
        return CacheRecord.ofJson(id, malformed);
      }
      if (source == null) {
        throw new MalformedJsonException("the index keeps no _source");
      }
      if (source.kind() != JsonValue.Kind.OBJECT) {
        throw new MalformedJsonException("the value is no JSON object");
      }
      return asStored(CacheRecord.of(id, source.fields()));
    }

    /** Text of {@code _source}, for people; may be empty. */
    byte[] text() {
      if (malformed != null) {
        return malformed;
      }
      return source == null ? new byte[0] : source.toJson();
    }
  }

  /** Without a field that has the name of LightRAG's copy of the key, whose place it would take. */
  static CacheRecord asStored(CacheRecord record) {
    if (record.field(KEY_FIELD).isEmpty()) {
      return record;
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.remove(KEY_FIELD);
    return CacheRecord.of(record.key(), fields);
  }

  /** Appends {@code _source} of a record, on one line: in {@code _bulk} a line feed ends it. */
  static void writeSource(CacheRecord record, ByteArrayOutputStream out) {
    asStored(record).writeJson(KEY_FIELD, out);
  }

  /** The documents of the answer to {@code _search} or {@code _mget}. */
  static List<Document> read(Reply reply) {
    try {
      return DocumentList.of(reply.body());
    } catch (MalformedJsonException e) {
      // a single document can be at fault, as one that is nested too deep
      return LenientDocumentList.of(reply.body());
    }
  }
}
