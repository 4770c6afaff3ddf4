package io.github.lightragmigrate.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import io.github.lightragmigrate.spi.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Documents() {}

  /**
   * A document of an answer.
   *
   * @param source JSON text of {@code _source}; null when there is none
   * @param sort values that it was sorted by; null when it was not
   * @param error why the server could not read it; null when it could
   * @param found false for a key that {@code _mget} did not find
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Document(
      String id,
      byte @Nullable [] source,
      @Nullable JsonValue sort,
      @Nullable JsonValue error,
      boolean found) {

    /**
     * @throws MalformedJsonException when the source is no JSON object or not there
     */
    CacheRecord record() {
      if (source == null) {
        throw new MalformedJsonException("the index keeps no _source");
      }
      return asStored(CacheRecord.ofJson(id, source));
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

  /** {@code _source} of a record, on one line: in {@code _bulk} a line feed ends a document. */
  static byte[] source(CacheRecord record) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(record.fields());
    fields.put(KEY_FIELD, JsonValue.of(record.key()));
    byte[] json = CacheRecord.of(record.key(), fields).toJson();
    for (int i = 0; i < json.length; i++) {
      // inside a JSON string it is escaped, so this one is white space
      if (json[i] == '\n') {
        json[i] = ' ';
      }
    }
    return json;
  }

  /** The documents of the answer to {@code _search} or {@code _mget}. */
  static List<Document> read(Reply reply) {
    byte[] body = reply.body();
    List<Document> documents = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      readEnvelope(parser, body, documents);
      return documents;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAULT, "OpenSearch's answer is no JSON: " + e.getMessage(), e);
    }
  }

  /** {@code {"hits": {"hits": [...]}}} or {@code {"docs": [...]}}, among other fields. */
  private static void readEnvelope(JsonParser parser, byte[] body, List<Document> documents)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      boolean isHits = name.equals("hits");
      if (isHits && value == JsonToken.START_OBJECT) {
        readEnvelope(parser, body, documents);
      } else if ((isHits || name.equals("docs")) && value == JsonToken.START_ARRAY) {
        readList(parser, body, documents);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void readList(JsonParser parser, byte[] body, List<Document> documents)
      throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      documents.add(readDocument(parser, body));
    }
  }

  private static Document readDocument(JsonParser parser, byte[] body) throws IOException {
    String id = "";
    byte[] source = null;
    JsonValue sort = null;
    JsonValue error = null;
    boolean found = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "_id" -> id = parser.getText();
        case "_source" -> source = slice(parser, body);
        case "sort" -> sort = JsonValue.ofJson(slice(parser, body));
        case "error" -> error = JsonValue.ofJson(slice(parser, body));
        case "found" -> found = parser.getBooleanValue();
        default -> parser.skipChildren();
      }
    }
    return new Document(id, source, sort, error, found);
  }

  private static byte[] slice(JsonParser parser, byte[] body) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    return Arrays.copyOfRange(body, start, (int) parser.currentLocation().getByteOffset());
  }
}
