package io.github.lightragmigrate.mongo;

import io.github.lightragmigrate.spi.CacheRecord;
import io.github.lightragmigrate.spi.JsonValue;
import io.github.lightragmigrate.spi.LoneSurrogates;
import io.github.lightragmigrate.spi.MalformedJsonException;
import java.util.Map;
import org.bson.BsonBinaryWriter;
import org.bson.BsonNumber;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.BsonOutput;

/** Writes a record as the BSON document that LightRAG would store. */
final class DocumentEncoder {

  /** MongoDB's limits: bytes of a document, and levels of documents and arrays in it. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  static final int MAX_DEPTH = 100;

  private DocumentEncoder() {}

  /**
   * @throws UnholdableException when MongoDB, or LightRAG in MongoDB, cannot hold the record as it
   *     is
   */
  static RawBsonDocument encode(CacheRecord record) throws UnholdableException {
    BasicOutputBuffer out = new BasicOutputBuffer((int) Math.min(record.size() + 256, MAX_BYTES));
    try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
      writer.writeStartDocument();
      writer.writeName(CacheRecord.ID_FIELD);
      writeString(writer, JsonValue.of(record.key()), "key");
      for (Map.Entry<String, JsonValue> field : record.withoutNullTimes().fields().entrySet()) {
        writeField(writer, field.getKey(), field.getValue(), 1);
      }
      writer.writeEndDocument();
    } catch (MalformedJsonException e) {
      throw new UnholdableException("a field could not be read again: " + e.getMessage());
    }
    if (out.getSize() > MAX_BYTES) {
      throw new UnholdableException(
          "larger than MongoDB's limit of "
              + MAX_BYTES
              + " bytes: the document has "
              + out.getSize());
    }
    return new RawBsonDocument(out.getInternalBuffer(), 0, out.getSize());
  }

  private static void writeField(BsonBinaryWriter writer, String name, JsonValue value, int depth)
      throws UnholdableException {
    if (name.startsWith("$") || name.indexOf('.') >= 0) {
      throw new UnholdableException("field name '" + name + "' starts with $ or holds a dot");
    }
    if (name.indexOf('\0') >= 0) {
      throw new UnholdableException(
          "field name '" + name.replace("\0", "\\u0000") + "' holds a NUL character");
    }
    int surrogate = LoneSurrogates.indexIn(name);
    if (surrogate >= 0) {
      throw new UnholdableException(
          "a field name holds " + codePoint(name, surrogate) + ", half a surrogate pair");
    }
    writer.writeName(name);
    writeValue(writer, value, name, depth);
  }

  private static void writeValue(BsonBinaryWriter writer, JsonValue value, String field, int depth)
      throws UnholdableException {
    switch (value.kind()) {
      case STRING -> writeString(writer, value, "field '" + field + "'");
      case NUMBER -> writeNumber(writer, value, field);
      case BOOLEAN -> writer.writeBoolean(value.bool());
      case NULL -> writer.writeNull();
      case OBJECT -> {
        checkDepth(depth + 1, field);
        writer.writeStartDocument();
        for (Map.Entry<String, JsonValue> entry : value.fields().entrySet()) {
          writeField(writer, entry.getKey(), entry.getValue(), depth + 1);
        }
        writer.writeEndDocument();
      }
      case ARRAY -> {
        checkDepth(depth + 1, field);
        writer.writeStartArray();
        for (JsonValue element : value.elements()) {
          writeValue(writer, element, field, depth + 1);
        }
        writer.writeEndArray();
      }
    }
  }

  private static void checkDepth(int depth, String field) throws UnholdableException {
    if (depth > MAX_DEPTH) {
      throw new UnholdableException(
          "field '"
              + field
              + "' is nested deeper than MongoDB's limit of "
              + MAX_DEPTH
              + " levels");
    }
  }

  /** The driver takes characters only, one at a time: it writes no text, which is then replaced. */
  private static void writeString(BsonBinaryWriter writer, JsonValue value, String what)
      throws UnholdableException {
    byte[] utf8 = value.utf8().orElse(null);
    if (utf8 == null) {
      String text = value.string();
      throw new UnholdableException(
          what
              + " holds "
              + codePoint(text, LoneSurrogates.indexIn(text))
              + ", half a surrogate pair");
    }
    writer.writeString("");
    BsonOutput out = writer.getBsonOutput();
    // length and NUL
    out.truncateToPosition(out.getPosition() - Integer.BYTES - 1);
    out.writeInt32(utf8.length + 1);
    out.writeBytes(utf8);
    out.writeByte(0);
  }

  private static void writeNumber(BsonBinaryWriter writer, JsonValue value, String field)
      throws UnholdableException {
    BsonNumber number =
        Numbers.toBson(value)
            .orElseThrow(
                () ->
                    new UnholdableException(
                        "field '" + field + "' holds a number that BSON cannot hold exactly"));
    switch (number.getBsonType()) {
      case INT32 -> writer.writeInt32(number.intValue());
      case INT64 -> writer.writeInt64(number.longValue());
      case DOUBLE -> writer.writeDouble(number.doubleValue());
      default -> writer.writeDecimal128(number.decimal128Value());
    }
  }

  private static String codePoint(String value, int index) {
    return String.format("U+%04X", (int) value.charAt(index));
  }
}
