package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBinaryReader;
import org.bson.BsonSerializationException;
import org.bson.BsonType;
import org.bson.ByteBufNIO;
import org.bson.RawBsonDocument;
import org.bson.io.ByteBufferBsonInput;

/**
 * Reads the fields of a document. Beside what JSON has, old documents may hold: Decimal128 (becomes
 * a number), ObjectId (its 24 hexadecimal digits), symbol (a string) and date: epoch seconds in
 * {@code create_time} and {@code update_time}, where LightRAG sorts by numbers, elsewhere ISO 8601
 * text in UTC. The other types have no meaning in JSON.
 */
final class DocumentDecoder {

  /** Leftovers of old releases that LightRAG's tool drops when it reads. */
  static final Set<String> DROPPED = Set.of("namespace", "workspace", "content");

  /** LightRAG sorts by these: numbers. */
  static final Set<String> TIMES = Set.of("create_time", "update_time");

  private final RawBsonDocument document;
  private final BsonBinaryReader reader;

  private DocumentDecoder(RawBsonDocument document) {
    this.document = document;
    this.reader =
        new BsonBinaryReader(
            new ByteBufferBsonInput(new ByteBufNIO(document.getByteBuffer().asNIO().slice())));
  }

  /**
   * The fields of the document without {@code _id}.
   *
   * @throws UnholdableException for a type that JSON has not, or broken text
   */
  static CacheRecord decode(String key, RawBsonDocument document) throws UnholdableException {
    DocumentDecoder decoder = new DocumentDecoder(document);
    try {
      return CacheRecord.of(key, decoder.readTop());
    } catch (BsonSerializationException | IllegalArgumentException e) {
      // the other one where a value that is skipped ends behind the document
      throw new UnholdableException("damaged document: " + e.getMessage());
    } finally {
      decoder.reader.close();
    }
  }

  /**
   * The {@code _id}, which is a string.
   *
   * @throws UnholdableException when its bytes are no UTF-8
   */
  static String key(RawBsonDocument document) throws UnholdableException {
    String key = document.getString(CacheRecord.ID_FIELD).getValue();
    if (key.indexOf('\uFFFD') >= 0) {
      new DocumentDecoder(document).checkKey(key);
    }
    return key;
  }

  private void checkKey(String key) throws UnholdableException {
    try (reader) {
      reader.readStartDocument();
      while (!reader.readName().equals(CacheRecord.ID_FIELD)) {
        reader.skipValue();
      }
      readString(CacheRecord.ID_FIELD);
    } catch (UnholdableException e) {
      throw new UnholdableException(e.getMessage() + " ('" + key + "')");
    }
  }

  private Map<String, JsonValue> readTop() throws UnholdableException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      String name = reader.readName();
      if (name.equals(CacheRecord.ID_FIELD) || DROPPED.contains(name)) {
        reader.skipValue();
      } else if (reader.getCurrentBsonType() == BsonType.DATE_TIME && TIMES.contains(name)) {
        fields.put(name, epochSeconds(reader.readDateTime()));
      } else {
        fields.put(name, readValue(name));
      }
    }
    return fields;
  }

  private JsonValue readValue(String field) throws UnholdableException {
    return switch (reader.getCurrentBsonType()) {
      case STRING -> readString(field);
      case INT32 -> JsonValue.of((long) reader.readInt32());
      case INT64 -> JsonValue.of(reader.readInt64());
      case DOUBLE -> Numbers.toJson(reader.readDouble());
      case DECIMAL128 -> Numbers.toJson(reader.readDecimal128());
      case BOOLEAN -> JsonValue.of(reader.readBoolean());
      case NULL -> {
        reader.readNull();
        yield JsonValue.NULL;
      }
      case DOCUMENT -> readObject();
      case ARRAY -> readArray(field);
      case OBJECT_ID -> JsonValue.of(reader.readObjectId().toHexString());
      case SYMBOL -> JsonValue.of(reader.readSymbol());
      case DATE_TIME -> JsonValue.of(isoText(reader.readDateTime(), field));
      default ->
          throw new UnholdableException(
              "field '"
                  + field
                  + "' is of BSON type "
                  + reader.getCurrentBsonType()
                  + ", which has no form in JSON");
    };
  }

  private JsonValue readObject() throws UnholdableException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      String name = reader.readName();
      fields.put(name, readValue(name));
    }
    reader.readEndDocument();
    return JsonValue.object(fields);
  }

  private JsonValue readArray(String field) throws UnholdableException {
    List<JsonValue> elements = new ArrayList<>();
    reader.readStartArray();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      elements.add(readValue(field));
    }
    reader.readEndArray();
    return JsonValue.array(elements);
  }

  /** The text as it is: the driver puts U+FFFD in place of bytes that are no UTF-8. */
  private JsonValue readString(String field) throws UnholdableException {
    int start = document.getByteOffset() + reader.getBsonInput().getPosition() + Integer.BYTES;
    reader.skipValue();
    int end = document.getByteOffset() + reader.getBsonInput().getPosition() - 1;
    byte[] bson = document.getBackingArray();
    if (end < start || bson[end] != 0) {
      throw new UnholdableException("damaged document: no end of the text in '" + field + "'");
    }
    try {
      return JsonValue.ofUtf8(Arrays.copyOfRange(bson, start, end));
    } catch (MalformedJsonException e) {
      throw new UnholdableException("field '" + field + "' holds bytes that are no UTF-8");
    }
  }

  private static JsonValue epochSeconds(long millis) {
    return millis % 1000 == 0
        ? JsonValue.of(millis / 1000)
        : JsonValue.of(BigDecimal.valueOf(millis, 3));
  }

  private static String isoText(long millis, String field) throws UnholdableException {
    try {
      return Instant.ofEpochMilli(millis).toString();
    } catch (DateTimeException e) {
      throw new UnholdableException("field '" + field + "' holds a date that no calendar has");
    }
  }
}
